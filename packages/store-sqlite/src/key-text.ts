/**
 * Writes a key so that SQLite keeps it as it is: without NUL, where drivers cut a text, and without lone
 * surrogates, which UTF-8 does not have. Different keys stay different.
 */
export function keyText(key: string): string {
  return JSON.stringify(key).slice(1, -1);
}
