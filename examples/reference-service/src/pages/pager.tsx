export interface PagerProps {
  /** The page's own path, with its other parameters. */
  path: string;
  next: string | undefined;
  label: string;
  /** Name of the parameter, where a page has several lists. Default `cursor`. */
  cursor?: string;
}

/** The link to the next slice of a list. The browser's own "back" leads to the one before. */
export function Pager({ path, next, label, cursor = "cursor" }: PagerProps) {
  if (next === undefined) return null;
  const separator = path.includes("?") ? "&" : "?";
  return (
    <nav class="pager" aria-label={label}>
      <a rel="next" href={`${path}${separator}${cursor}=${encodeURIComponent(next)}`}>
        {label}
      </a>
    </nav>
  );
}
