const maxNameBytes = 255;
const maxPointers = 32;
const pointerBits = 0xc0;

/**
 * Reads a name in a DNS message (RFC 1035, 3.1 and 4.1.4), in lower case and without the last dot; the root is `.`.
 * Bytes that a host name cannot have are written `\DDD` (RFC 4343).
 *
 * @returns undefined if it runs out of the message, is too long or points at itself.
 */
export function readDnsName(
  message: Buffer,
  start: number,
): { text: string; end: number } | undefined {
  const labels: string[] = [];
  let offset = start;
  let end: number | undefined;
  let size = 0;
  let pointers = 0;
  for (;;) {
    const length = message[offset];
    if (length === undefined) return undefined;
    if (length === 0) return { text: labels.join(".") || ".", end: end ?? offset + 1 };
    if ((length & pointerBits) === pointerBits) {
      const low = message[offset + 1];
      if (low === undefined || ++pointers > maxPointers) return undefined;
      end ??= offset + 2;
      offset = ((length & ~pointerBits) << 8) | low;
      continue;
    }
    const next = offset + 1 + length;
    size += 1 + length;
    if ((length & pointerBits) !== 0 || next > message.length || size > maxNameBytes)
      return undefined;
    labels.push(labelText(message.subarray(offset + 1, next)));
    offset = next;
  }
}

function labelText(bytes: Buffer): string {
  return bytes
    .toString("latin1")
    .toLowerCase()
    .replace(
      /[^a-z0-9_*/+=:@-]/g,
      (character) => `\\${String(character.charCodeAt(0)).padStart(3, "0")}`,
    );
}
