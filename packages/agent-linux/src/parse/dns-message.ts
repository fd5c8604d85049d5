import { readDnsName } from "./dns-name.js";
import { type DnsRecord, readDnsRecords, typeName } from "./dns-record.js";

export interface DnsQuestion {
  name: string;
  type: string;
}

/** A standard query (RFC 1035). */
export interface DnsQuery {
  id: number;
  question: DnsQuestion;
}

/** A DNS response (RFC 1035), as much of it as is there. */
export interface DnsResponse {
  id: number;
  question: DnsQuestion;
  answers: DnsRecord[];
  /** Addresses that were sent along. */
  additional: DnsRecord[];
  /** `NOERROR`, `NXDOMAIN` */
  responseCode: string;
}

const headerSize = 12;
const codeNames = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"];
const responseBits = 0xf800;
const response = 0x8000;

/** @returns undefined for bytes that are no query with one question */
export function parseDnsQuery(message: Buffer): DnsQuery | undefined {
  if (message.length < headerSize) return undefined;
  const isQuery = (message.readUInt16BE(2) & responseBits) === 0;
  if (!isQuery || message.readUInt16BE(4) !== 1) return undefined;
  const asked = readQuestion(message);
  return asked && { id: message.readUInt16BE(0), question: asked.question };
}

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
  const questionCount = message.readUInt16BE(4);
  if ((flags & responseBits) !== response || questionCount > 1) return undefined;

  const asked = questionCount === 1 ? readQuestion(message) : undefined;
  if (questionCount === 1 && asked === undefined) return undefined;
  const counts = [6, 8, 10].map((offset) => message.readUInt16BE(offset));
  const [answers = [], , along = []] = readDnsRecords(message, asked?.end ?? headerSize, counts);
  const [first] = answers;
  const question = asked?.question ?? (first && { name: first.name, type: first.type });
  if (question === undefined) return undefined;
  const code = flags & 15;
  return {
    id: message.readUInt16BE(0),
    question,
    answers,
    additional: along.filter(({ type }) => type === "A" || type === "AAAA"),
    responseCode: codeNames[code] ?? `RCODE${code}`,
  };
}

function readQuestion(message: Buffer): { question: DnsQuestion; end: number } | undefined {
  const name = readDnsName(message, headerSize);
  if (name === undefined || name.end + 4 > message.length) return undefined;
  const type = typeName(message.readUInt16BE(name.end));
  return { question: { name: name.text, type }, end: name.end + 4 };
}
