import { encode, type Packet } from "dns-packet";
import { parseDnsQuery, parseDnsResponse } from "../../src/parse/dns-message.js";
import type { FuzzedParser } from "../fuzzed-parser.js";

const question = { type: "A", name: "www.example.com" } as const;

function response(fields: Partial<Packet>): Buffer {
  return encode({ type: "response", id: 7, questions: [question], ...fields });
}

/** An HTTPS record (RFC 9460) with ALPN and hints, which the encoder does not know. */
const https = Buffer.concat([
  response({ answers: [] }),
  Buffer.from([0xc0, 0x0c, 0, 65, 0, 1, 0, 0, 0, 60, 0, 30]),
  Buffer.from([0, 1, 0, 0, 1, 0, 3, 2, 0x68, 0x32, 0, 4, 0, 4, 192, 0, 2, 1]),
  Buffer.from([0, 6, 0, 8, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0]),
]);
https.writeUInt16BE(1, 6);

export const dns: FuzzedParser = {
  name: "dns",
  corpus: [
    response({
      answers: [
        { type: "CNAME", name: "www.example.com", ttl: 30, data: "edge.example.net" },
        { type: "A", name: "edge.example.net", ttl: 60, data: "192.0.2.1" },
        { type: "AAAA", name: "edge.example.net", ttl: 60, data: "2001:db8::1" },
      ],
    }),
    response({
      questions: [{ type: "TXT", name: "_acme.example.com" }],
      answers: [{ type: "TXT", name: "_acme.example.com", ttl: 1, data: ["a=b", "c".repeat(200)] }],
    }),
    response({
      answers: [
        { type: "MX", name: "example.com", data: { preference: 10, exchange: "mail.example.com" } },
        {
          type: "SRV",
          name: "_imap._tcp.example.com",
          data: { port: 143, weight: 1, priority: 1, target: "mail.example.com" },
        },
        { type: "PTR", name: "1.2.0.192.in-addr.arpa", data: "host.example.com" },
      ],
    }),
    encode({ type: "query", id: 7, questions: [question] }),
    response({
      questions: [{ type: "MX", name: "example.com" }],
      answers: [
        { type: "MX", name: "example.com", data: { preference: 10, exchange: "mail.example.com" } },
      ],
      additionals: [{ type: "A", name: "mail.example.com", ttl: 60, data: "192.0.2.25" }],
    }),
    https,
    response({ flags: 3, questions: [question], answers: [] }),
    response({ questions: [], answers: [{ type: "A", name: "printer.local", data: "192.0.2.9" }] }),
  ],
  words: [
    // Pointers to the question, to itself, and far away.
    Buffer.from([0xc0, 0x0c]),
    Buffer.from([0xc0, 0x1d]),
    Buffer.from([0xff, 0xff]),
    Buffer.from([0, 1, 0, 1, 0, 0, 0, 60, 0, 4]),
    Buffer.from([0, 5, 0, 1, 0, 0, 0, 60, 0, 2, 0xc0, 0x0c]),
    Buffer.from([63, ...Buffer.alloc(63, 0x61)]),
    Buffer.from([0, 16]),
    Buffer.from([0, 65]),
  ],
  parse: (bytes) => [parseDnsResponse(bytes), parseDnsQuery(bytes)],
  // 256 answers, each with a name of 255 bytes that may be written \DDD and 1 KB of data.
  maxOutput: () => 256 * (4 * 256 + 1_100) + 2_048,
};
