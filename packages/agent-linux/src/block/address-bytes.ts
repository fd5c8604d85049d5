import { isIPv4, isIPv6 } from "node:net";

/** An address as the kernel side compares it: 16 bytes, IPv4 as `::ffff:192.0.2.1`; `undefined` if it is none. */
export function addressBytes(text: string): Buffer | undefined {
  if (isIPv4(text)) {
    const mapped = Buffer.alloc(16);
    mapped.writeUInt16BE(0xffff, 10);
    mapped.set(text.split(".").map(Number), 12);
    return mapped;
  }
  if (!isIPv6(text) || text.includes("%")) return undefined;
  const [head = "", tail] = text.replace(/[\d.]+$/, plainGroups).split("::");
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const bytes = Buffer.alloc(16);
  before.forEach((group, index) => void bytes.writeUInt16BE(group, 2 * index));
  after.forEach((group, index) => void bytes.writeUInt16BE(group, 16 + 2 * (index - after.length)));
  return bytes;
}

/** `192.0.2.1` at the end of an IPv6 address is `c000:201`. */
function plainGroups(end: string): string {
  if (!isIPv4(end)) return end;
  const [a = 0, b = 0, c = 0, d = 0] = end.split(".").map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function groupsOf(text: string): number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
}
