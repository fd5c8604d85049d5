import { ipv4Text, ipv6Text } from "../decode/ip-address.js";
import { readDnsName } from "./dns-name.js";
import { serviceText } from "./dns-service.js";

export interface DnsRecord {
  name: string;
  type: string;
  ttl: number;
  /** An address, a name, a service as zone files write it, or the record's bytes in hexadecimal. */
  data: string;
}

const maxRecords = 256;
const maxDataBytes = 512;

/** https://www.iana.org/assignments/dns-parameters */
const typeNames: ReadonlyMap<number, string> = new Map([
  [1, "A"],
  [2, "NS"],
  [5, "CNAME"],
  [6, "SOA"],
  [12, "PTR"],
  [15, "MX"],
  [16, "TXT"],
  [28, "AAAA"],
  [33, "SRV"],
  [35, "NAPTR"],
  [39, "DNAME"],
  [41, "OPT"],
  [43, "DS"],
  [46, "RRSIG"],
  [52, "TLSA"],
  [64, "SVCB"],
  [65, "HTTPS"],
  [255, "ANY"],
  [257, "CAA"],
]);
const namedData = new Set(["CNAME", "NS", "PTR", "DNAME"]);

export function typeName(type: number): string {
  return typeNames.get(type) ?? `TYPE${type}`;
}

/** Reads the sections of a message, one after the other, until something makes no sense. */
export function readDnsRecords(
  message: Buffer,
  start: number,
  counts: readonly number[],
): DnsRecord[][] {
  let offset: number | undefined = start;
  let room = maxRecords;
  return counts.map((count) => {
    const records: DnsRecord[] = [];
    while (offset !== undefined && records.length < count && room > 0) {
      const read = readRecord(message, offset);
      offset = read?.end;
      room -= 1;
      if (read !== undefined) records.push(read.record);
    }
    return records;
  });
}

function readRecord(
  message: Buffer,
  start: number,
): { record: DnsRecord; end: number } | undefined {
  const name = readDnsName(message, start);
  if (name === undefined || name.end + 10 > message.length) return undefined;
  const type = typeName(message.readUInt16BE(name.end));
  const data = name.end + 10;
  const end = data + message.readUInt16BE(name.end + 8);
  if (end > message.length) return undefined;
  const ttl = message.readUInt32BE(name.end + 4);
  return { record: { name: name.text, type, ttl, data: dataText(message, type, data, end) }, end };
}

function dataText(message: Buffer, type: string, start: number, end: number): string {
  const bytes = message.subarray(start, end);
  if (type === "A" && bytes.length === 4) return ipv4Text(bytes);
  if (type === "AAAA" && bytes.length === 16) return ipv6Text(bytes);
  const name = namedData.has(type) ? readDnsName(message, start) : undefined;
  const text = name?.text ?? serviceText(message, type, start, end);
  return text ?? bytes.toString("hex", 0, maxDataBytes);
}
