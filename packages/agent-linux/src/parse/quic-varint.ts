/**
 * Reads a variable-length integer (RFC 9000, 16). Above 2^53 it is not exact: no length or offset is as large.
 *
 * @returns undefined if it runs out of the bytes.
 */
export function readVarint(
  bytes: Buffer,
  offset: number,
): { value: number; end: number } | undefined {
  const first = bytes[offset];
  if (first === undefined) return undefined;
  const end = offset + (1 << (first >> 6));
  if (end > bytes.length) return undefined;
  let value = first & 0x3f;
  for (const byte of bytes.subarray(offset + 1, end)) value = value * 256 + byte;
  return { value, end };
}
