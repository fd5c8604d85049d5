import { ipv4Text, ipv6Text } from "../decode/ip-address.js";
import { readDnsName } from "./dns-name.js";

/** Numbers before the name in the data of these types (RFC 1035, 3.3.9; RFC 2782; RFC 9460, 2.2). */
const numbersBefore: ReadonlyMap<string, number> = new Map([
  ["MX", 1],
  ["SRV", 3],
  ["SVCB", 1],
  ["HTTPS", 1],
]);
const ipv4Hint = 4;
const ipv6Hint = 6;
const maxHints = 16;

/**
 * Who offers a service, as zone files write it: `10 mail.example.com`, `1 5 993 imap.example.com`,
 * `1 . ipv4hint=192.0.2.1`. Of the parameters of SVCB and HTTPS only the address hints are told.
 *
 * @returns undefined for another type, or data that makes no sense
 */
export function serviceText(
  message: Buffer,
  type: string,
  start: number,
  end: number,
): string | undefined {
  const count = numbersBefore.get(type);
  if (count === undefined || start + 2 * count > end) return undefined;
  const numbers = Array.from({ length: count }, (_, index) =>
    message.readUInt16BE(start + 2 * index),
  );
  const target = readDnsName(message, start + 2 * count);
  if (target === undefined || target.end > end) return undefined;
  const hints = type === "SVCB" || type === "HTTPS" ? hintTexts(message, target.end, end) : [];
  return [...numbers, target.text, ...hints].join(" ");
}

function hintTexts(message: Buffer, start: number, end: number): string[] {
  const hints: string[] = [];
  let offset = start;
  while (offset + 4 <= end) {
    const key = message.readUInt16BE(offset);
    const value = message.subarray(offset + 4, offset + 4 + message.readUInt16BE(offset + 2));
    offset += 4 + message.readUInt16BE(offset + 2);
    if (offset > end) break;
    if (key === ipv4Hint) hints.push(`ipv4hint=${addresses(value, 4, ipv4Text)}`);
    if (key === ipv6Hint) hints.push(`ipv6hint=${addresses(value, 16, ipv6Text)}`);
  }
  return hints.slice(0, 2);
}

function addresses(bytes: Buffer, size: number, text: (bytes: Buffer) => string): string {
  const count = Math.min(maxHints, Math.floor(bytes.length / size));
  return Array.from({ length: count }, (_, index) =>
    text(bytes.subarray(index * size, (index + 1) * size)),
  ).join(",");
}
