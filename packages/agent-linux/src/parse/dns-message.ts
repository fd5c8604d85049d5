import { ipv4Text, ipv6Text } from "../decode/ip-address.js";
import { readDnsName } from "./dns-name.js";

/** A DNS response (RFC 1035), as much of it as is there. */
export interface DnsResponse {
  question: { name: string; type: string };
  answers: DnsAnswer[];
  /** `NOERROR`, `NXDOMAIN` */
  responseCode: string;
}

export interface DnsAnswer {
  name: string;
  type: string;
  ttl: number;
  /** An address, a name, or the record's bytes in hexadecimal. */
  data: string;
}

const headerSize = 12;
const maxAnswers = 256;
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
const codeNames = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"];
const namedData = new Set(["CNAME", "NS", "PTR", "DNAME"]);

/**
 * Reads a response and stops where it ends or makes no sense.
 *
 * Multicast DNS repeats no question; the name of the first answer stands for it.
 *
 * @returns undefined for bytes that are no response, or one about nothing.
 */
export function parseDnsResponse(message: Buffer): DnsResponse | undefined {
  if (message.length < headerSize) return undefined;
  const flags = message.readUInt16BE(2);
  const isResponseToQuery = (flags & 0xf800) === 0x8000;
  const questionCount = message.readUInt16BE(4);
  if (!isResponseToQuery || questionCount > 1) return undefined;

  let offset = headerSize;
  let question: DnsResponse["question"] | undefined;
  if (questionCount === 1) {
    const name = readDnsName(message, offset);
    if (name === undefined || name.end + 4 > message.length) return undefined;
    question = { name: name.text, type: typeName(message.readUInt16BE(name.end)) };
    offset = name.end + 4;
  }
  const answers = readAnswers(message, offset, message.readUInt16BE(6));
  question ??= answers[0] && { name: answers[0].name, type: answers[0].type };
  if (question === undefined) return undefined;
  const code = flags & 15;
  return { question, answers, responseCode: codeNames[code] ?? `RCODE${code}` };
}

function readAnswers(message: Buffer, start: number, count: number): DnsAnswer[] {
  const answers: DnsAnswer[] = [];
  let offset = start;
  while (answers.length < Math.min(count, maxAnswers)) {
    const name = readDnsName(message, offset);
    if (name === undefined || name.end + 10 > message.length) break;
    const type = typeName(message.readUInt16BE(name.end));
    const data = name.end + 10;
    offset = data + message.readUInt16BE(name.end + 8);
    if (offset > message.length) break;
    const ttl = message.readUInt32BE(name.end + 4);
    answers.push({ name: name.text, type, ttl, data: dataText(message, type, data, offset) });
  }
  return answers;
}

function dataText(message: Buffer, type: string, start: number, end: number): string {
  const bytes = message.subarray(start, end);
  if (type === "A" && bytes.length === 4) return ipv4Text(bytes);
  if (type === "AAAA" && bytes.length === 16) return ipv6Text(bytes);
  const name = namedData.has(type) ? readDnsName(message, start) : undefined;
  return name?.text ?? bytes.toString("hex", 0, maxDataBytes);
}

function typeName(type: number): string {
  return typeNames.get(type) ?? `TYPE${type}`;
}
