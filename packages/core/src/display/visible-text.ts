/**
 * Control characters, line and paragraph separators, annotation marks, and what Unicode says to show as nothing
 * (`Default_Ignorable_Code_Point`: zero-width characters, bidirectional controls, fillers, tags). The variation
 * selectors that make an emoji colourful stay.
 */
const invisible =
  /(?![\ufe0e\ufe0f])[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

const shortEscapes: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Makes hostile text safe to show on one line of a terminal or a message: what cannot be seen, or changes how
 * the rest is seen, is written as an escape (`\x1b`, `\u202e`); half a surrogate pair becomes `U+FFFD`.
 *
 * The result still needs the escaping of its medium. It is cut to `maxLength` UTF-16 units, with `…` at the end.
 */
export function visibleText(text: string, maxLength = 2000): string {
  // Cut before escaping too: the escapes of a megabyte would be six.
  const visible = text
    .slice(0, maxLength + 1)
    .toWellFormed()
    .replace(invisible, escapeCharacter);
  return visible.length > maxLength ? `${wholeCharacters(visible, maxLength - 1)}…` : visible;
}

/** The first `length` units of `text`, or one less if that would split a surrogate pair. */
function wholeCharacters(text: string, length: number): string {
  return text.slice(0, Math.max(0, length)).replace(/[\ud800-\udbff]$/, "");
}

function escapeCharacter(character: string): string {
  const short = shortEscapes[character];
  if (short) return short;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
}
