/** Numbers of a header block are lengths and indexes: 28 bits are plenty. */
const maxMoreBytes = 4;

/**
 * Reads an integer that starts in the low bits of a byte (RFC 7541, 5.1).
 *
 * @returns undefined if it runs out of the bytes or is too large to be meant.
 */
export function readHpackInteger(
  bytes: Buffer,
  offset: number,
  prefixBits: number,
): { value: number; end: number } | undefined {
  const first = bytes[offset];
  if (first === undefined) return undefined;
  const prefixMax = 2 ** prefixBits - 1;
  const prefix = first & prefixMax;
  if (prefix < prefixMax) return { value: prefix, end: offset + 1 };

  let value = prefixMax;
  for (let more = 0; more < maxMoreBytes; more++) {
    const at = offset + 1 + more;
    const byte = bytes[at];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * more);
    if (byte < 0x80) return { value, end: at + 1 };
  }
  return undefined;
}
