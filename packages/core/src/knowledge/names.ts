/** The names in a text, as the tables write them: parted by spaces and lines. */
export function names(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** The names in a text, each below a suffix: `under("example", "a b.c")` are `a.example` and `b.c.example`. */
export function under(suffix: string, text: string): string[] {
  return names(text).map((name) => `${name}.${suffix}`);
}
