export interface PagerProps {
  /** The page's own path, with its other parameters. */
  path: string;
  next: string | undefined;
  label: string;
}

/** The link to the next slice of a list. The browser's own "back" leads to the one before. */
export function Pager({ path, next, label }: PagerProps) {
  if (next === undefined) return null;
  const separator = path.includes("?") ? "&" : "?";
  return (
    <nav class="pager" aria-label="Pages">
      <a rel="next" href={`${path}${separator}cursor=${encodeURIComponent(next)}`}>
        {label}
      </a>
    </nav>
  );
}
