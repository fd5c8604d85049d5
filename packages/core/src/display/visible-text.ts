/** C0 and C1 controls, and what reorders or hides text: bidirectional controls, zero-width and line separators. */
const invisible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  /[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

const shortEscapes: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Makes hostile text safe to show on one line of a terminal or a message: what cannot be seen, or changes how
 * the rest is seen, is written as an escape (`\x1b`, `\u202e`).
 *
 * The result still needs the escaping of its medium. It is cut to `maxLength` characters, with `…` at the end.
 */
export function visibleText(text: string, maxLength = 2000): string {
  // Cut before escaping too: the escapes of a megabyte would be four.
  const visible = text
    .slice(0, maxLength + 1)
    .toWellFormed()
    .replace(invisible, escapeCharacter);
  return visible.length > maxLength || text.length > maxLength
    ? `${visible.slice(0, Math.max(0, maxLength - 1)).toWellFormed()}…`
    : visible;
}

function escapeCharacter(character: string): string {
  const short = shortEscapes[character];
  if (short) return short;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
}
