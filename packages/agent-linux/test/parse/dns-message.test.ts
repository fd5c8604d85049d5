import { randomBytes } from "node:crypto";
import { encode, type Packet } from "dns-packet";
import { describe, expect, it } from "vitest";
import { parseDnsQuery, parseDnsResponse } from "../../src/parse/dns-message.js";
import { readDnsName } from "../../src/parse/dns-name.js";

function response(fields: Partial<Packet>): Buffer {
  return encode({
    type: "response",
    id: 7,
    questions: [{ type: "A", name: "www.example.com" }],
    ...fields,
  });
}

const nameError = 3;

describe("a DNS response", () => {
  it("gives the question, the chain of names and the addresses", () => {
    const message = response({
      answers: [
        { type: "CNAME", name: "www.example.com", ttl: 30, data: "edge.example.net" },
        { type: "A", name: "edge.example.net", ttl: 60, data: "192.0.2.1" },
        { type: "AAAA", name: "edge.example.net", ttl: 60, data: "2001:db8::1" },
      ],
    });
    expect(parseDnsResponse(message)).toEqual({
      id: 7,
      additional: [],
      question: { name: "www.example.com", type: "A" },
      responseCode: "NOERROR",
      answers: [
        { name: "www.example.com", type: "CNAME", ttl: 30, data: "edge.example.net" },
        { name: "edge.example.net", type: "A", ttl: 60, data: "192.0.2.1" },
        { name: "edge.example.net", type: "AAAA", ttl: 60, data: "2001:db8::1" },
      ],
    });
  });

  it("gives the code of a name that does not exist", () => {
    expect(parseDnsResponse(response({ flags: nameError }))).toMatchObject({
      answers: [],
      responseCode: "NXDOMAIN",
    });
  });

  it("gives other records as their bytes", () => {
    const message = response({
      questions: [{ type: "TXT", name: "example.com" }],
      answers: [{ type: "TXT", name: "example.com", ttl: 5, data: "hi" }],
    });
    expect(parseDnsResponse(message)?.answers).toEqual([
      { name: "example.com", type: "TXT", ttl: 5, data: "026869" },
    ]);
  });

  it("stands in the name of the first answer where the question is not repeated", () => {
    const message = response({
      questions: [],
      answers: [{ type: "A", name: "printer.local", ttl: 5, data: "192.0.2.9" }],
    });
    expect(parseDnsResponse(message)?.question).toEqual({ name: "printer.local", type: "A" });
  });

  it("is not a query, nor two questions, nor an empty message", () => {
    const query = encode({ type: "query", questions: [{ type: "A", name: "example.com" }] });
    const two = response({
      questions: [
        { type: "A", name: "a.example" },
        { type: "A", name: "b.example" },
      ],
    });
    expect(parseDnsResponse(query)).toBeUndefined();
    expect(parseDnsResponse(two)).toBeUndefined();
    expect(parseDnsResponse(Buffer.alloc(0))).toBeUndefined();
  });

  it("gives the answers that are whole when it is cut anywhere", () => {
    const answers = Array.from({ length: 5 }, (_, index) => ({
      type: "A" as const,
      name: "www.example.com",
      ttl: 60,
      data: `192.0.2.${index}`,
    }));
    const message = response({ answers });
    const whole = parseDnsResponse(message)?.answers ?? [];
    for (let length = 0; length < message.length; length++) {
      const cut = parseDnsResponse(message.subarray(0, length))?.answers ?? [];
      expect(cut).toEqual(whole.slice(0, cut.length));
    }
    expect(whole).toHaveLength(5);
  });

  it("survives random bytes, and random bytes after an honest header", () => {
    const header = response({}).subarray(0, 12);
    header.writeUInt16BE(200, 6);
    let parsed = 0;
    for (let round = 0; round < 5_000; round++) {
      const noise = randomBytes(round % 200);
      if (parseDnsResponse(noise)) parsed += 1;
      if (parseDnsResponse(Buffer.concat([header, noise]))) parsed += 1;
    }
    expect(parsed).toBeGreaterThan(0);
  });
});

describe("who offers a service", () => {
  const question = (type: "MX" | "SRV", name: string) => [{ type, name }];

  it("is told with its numbers, and the addresses that come along", () => {
    const mail = response({
      questions: question("MX", "example.com"),
      answers: [
        { type: "MX", name: "example.com", data: { preference: 10, exchange: "mail.example.com" } },
      ],
      authorities: [{ type: "NS", name: "example.com", data: "ns.example.com" }],
      additionals: [{ type: "A", name: "mail.example.com", ttl: 9, data: "192.0.2.25" }],
    });
    expect(parseDnsResponse(mail)).toMatchObject({
      answers: [{ type: "MX", data: "10 mail.example.com" }],
      additional: [{ name: "mail.example.com", type: "A", ttl: 9, data: "192.0.2.25" }],
    });
    const target = { priority: 1, weight: 5, port: 993, target: "imap.example.com" };
    const service = response({
      questions: question("SRV", "_imap._tcp.example.com"),
      answers: [{ type: "SRV", name: "_imap._tcp.example.com", data: target }],
    });
    expect(parseDnsResponse(service)?.answers[0]?.data).toBe("1 5 993 imap.example.com");
  });

  /** As RFC 9460 has it: priority 1, the owner itself, ALPN h2, two IPv4 hints and an IPv6 one. */
  const parameters = Buffer.concat([
    Buffer.from([0, 1, 0, 0, 1, 0, 3, 2, 0x68, 0x32]),
    Buffer.from([0, 4, 0, 8, 192, 0, 2, 1, 192, 0, 2, 2]),
    Buffer.from([0, 6, 0, 16, 0x20, 1, 0xd, 0xb8, ...Buffer.alloc(11), 1]),
  ]);
  const https = (data: Buffer) => {
    const name = Buffer.from([0xc0, 0x0c]);
    const fixed = Buffer.from([0, 65, 0, 1, 0, 0, 0, 60, 0, data.length]);
    const message = Buffer.concat([response({}), name, fixed, data]);
    message.writeUInt16BE(1, 6);
    return parseDnsResponse(message)?.answers[0]?.data;
  };

  it("is told with its address hints, where it is an HTTPS record", () => {
    expect(https(parameters)).toBe("1 . ipv4hint=192.0.2.1,192.0.2.2 ipv6hint=2001:db8::1");
  });

  it("is told without those hints that are cut, and as bytes where even the name is", () => {
    for (let length = 0; length < parameters.length; length++) {
      expect(https(parameters.subarray(0, length))).toMatch(
        /^(1 \.( ipv4hint=[0-9.,]+)?|[0-9a-f]*)$/,
      );
    }
  });
});

describe("a DNS query", () => {
  const query = (fields: Partial<Packet> = {}) =>
    encode({ type: "query", id: 9, questions: [{ type: "A", name: "a.example" }], ...fields });

  it("gives its number and its question, and may say more with EDNS", () => {
    const edns = { type: "OPT", name: ".", udpPayloadSize: 1232, flags: 0, options: [] } as const;
    const message = query({
      questions: [{ type: "AAAA", name: "A.example" }],
      additionals: [edns as never],
    });
    expect(parseDnsQuery(message)).toEqual({
      id: 9,
      question: { name: "a.example", type: "AAAA" },
    });
  });

  it("is not a response, nor two questions, nor cut", () => {
    const whole = query({ questions: [{ type: "A", name: "a.example" }] });
    expect(parseDnsQuery(response({}))).toBeUndefined();
    const two = [1, 2].map(() => ({ type: "A" as const, name: "a.example" }));
    expect(parseDnsQuery(query({ questions: two }))).toBeUndefined();
    for (let length = 0; length < whole.length; length++) {
      expect(parseDnsQuery(whole.subarray(0, length))).toBeUndefined();
    }
  });
});

describe("a DNS name", () => {
  it("is refused when it points at itself", () => {
    expect(readDnsName(Buffer.from([0xc0, 0x00]), 0)).toBeUndefined();
  });

  it("is refused when it is longer than DNS allows", () => {
    const label = Buffer.concat([Buffer.from([63]), Buffer.alloc(63, "a")]);
    const message = Buffer.concat([label, label, label, label, Buffer.from([0])]);
    expect(readDnsName(message, 0)).toBeUndefined();
    expect(readDnsName(message, 64)?.text).toHaveLength(3 * 63 + 2);
  });

  it("cannot smuggle dots, spaces or control characters into a label", () => {
    const label = Buffer.from("a.b c\n\0d");
    const message = Buffer.concat([Buffer.from([label.length]), label, Buffer.from([0])]);
    expect(readDnsName(message, 0)?.text).toBe("a\\046b\\032c\\010\\000d");
  });
});
