/**
 * Writes a key so that SQLite keeps it as it is: without NUL, where drivers cut a text, and without lone
 * surrogates, which UTF-8 does not have. Different keys stay different.
 */
export function keyText(key: string): string {
  return JSON.stringify(key).slice(1, -1);
}

/** The key that {@link keyText} wrote. */
export function keyOfText(text: string): string {
  return JSON.parse(`"${text}"`);
}
