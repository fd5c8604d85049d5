/** The names in a text, as the tables write them: parted by spaces and lines. */
export function names(text: string): string[] {
  return text.trim().split(/\s+/);
}
