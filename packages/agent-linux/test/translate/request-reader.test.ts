import { describe, expect, it } from "vitest";
import { requestReader } from "../../src/translate/request-reader.js";

const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** A HEADERS frame that ends its block (RFC 9113, 6.2). */
function headers(stream: number, block: Buffer): Buffer {
  const header = Buffer.alloc(9);
  header.writeUIntBE(block.length, 0, 3);
  header.writeUInt8(1, 3);
  header.writeUInt8(4, 4);
  header.writeUInt32BE(stream, 5);
  return Buffer.concat([header, block]);
}

/** A field with an indexed name, kept in the table (RFC 7541, 6.2.1). */
const field = (name: number, value: string) =>
  Buffer.concat([Buffer.from([0x40 | name, value.length]), Buffer.from(value)]);
const get = 0x82;
const authority = 1;
const path = 4;
/** The first entry that an encoder adds. */
const firstAdded = 0x80 | 62;

describe("requests in what is given to a TLS library", () => {
  it("are read one after the other by HTTP/2, the second from what the first left in the table", () => {
    const reader = requestReader(true);
    const first = headers(1, Buffer.concat([Buffer.from([get]), field(path, "/a")]));
    const second = headers(
      3,
      Buffer.concat([Buffer.from([get, firstAdded]), field(authority, "x.test")]),
    );
    expect(reader.hear(0, preface)).toEqual([]);
    expect(reader.hear(24, first)).toEqual([{ method: "GET", target: "/a", stream: 1 }]);
    expect(reader.hear(24 + first.length, second)).toEqual([
      { method: "GET", target: "/a", stream: 3, host: "x.test" },
    ]);
  });

  it("are not made up where bytes before them are missing", () => {
    const reader = requestReader(true);
    reader.hear(0, preface);
    const orphan = headers(3, Buffer.from([get, firstAdded]));
    expect(reader.hear(1_000, orphan)).toEqual(["unreadable"]);
  });

  it("have an authority for a target when they ask for a tunnel", () => {
    const reader = requestReader(true);
    reader.hear(0, preface);
    const method = 2;
    const block = Buffer.concat([field(method, "CONNECT"), field(authority, "x.test:443")]);
    expect(reader.hear(24, headers(1, block))).toEqual([
      { method: "CONNECT", target: "x.test:443", stream: 1, host: "x.test:443" },
    ]);
  });
});
