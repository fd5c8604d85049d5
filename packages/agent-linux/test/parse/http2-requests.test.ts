import { describe, expect, it } from "vitest";
import { frameFlag, frameType } from "../../src/parse/http2-frame.js";
import { http2Preface, http2Requests } from "../../src/parse/http2-requests.js";
import { addedField, indexedField, newest, plainField } from "./write-hpack.js";
import { headersFrame, http2Frame } from "./write-http2.js";

const settings = http2Frame(frameType.settings, 0, 0, Buffer.alloc(0));
const start = Buffer.concat([http2Preface, settings]);
const get = indexedField(2);
const https = indexedField(7);
const authority = addedField(":authority", "Example.COM");
const path = addedField(":path", "/a?b");
const whole = { method: "GET", scheme: "https", authority: "example.com", path: "/a?b" };

function hear(...pieces: Buffer[]) {
  const reader = http2Requests();
  return pieces.flatMap((piece) => reader.hear(piece));
}

describe("an HTTP/2 client's request", () => {
  it("may come with padding and priority, over several frames", () => {
    const block = Buffer.concat([get, https, authority, path]);
    const flags = frameFlag.padded | frameFlag.priority;
    const payload = Buffer.concat([Buffer.from([3, 0, 0, 0, 0, 9]), block.subarray(0, 4)]);
    const frames = Buffer.concat([
      http2Frame(frameType.headers, flags, 1, Buffer.concat([payload, Buffer.alloc(3)])),
      http2Frame(frameType.continuation, 0, 1, block.subarray(4, 9)),
      http2Frame(frameType.continuation, frameFlag.endHeaders, 1, block.subarray(9)),
    ]);
    expect(hear(start, frames)).toEqual([{ stream: 1, ...whole, isWhole: true }]);
  });

  it("takes its authority from the host field if there is no other", () => {
    const fields = [get, https, plainField(":path", "/"), plainField("host", "example.com")];
    expect(hear(start, headersFrame(1, ...fields))).toEqual([
      { stream: 1, ...whole, path: "/", isWhole: true },
    ]);
  });

  it("has no path when it asks a proxy for a tunnel", () => {
    const fields = [plainField(":method", "CONNECT"), plainField(":authority", "a.test:443")];
    expect(hear(start, headersFrame(1, ...fields))).toEqual([
      { stream: 1, method: "CONNECT", authority: "a.test:443", isWhole: true },
    ]);
  });

  it("is told once: trailers are none, nor are later fields of its stream", () => {
    const request = headersFrame(1, get, https, authority, path);
    const trailers = headersFrame(1, plainField("checksum", "1"));
    const again = headersFrame(1, plainField(":method", "PUT"));
    expect(hear(start, request, trailers, again)).toHaveLength(1);
  });

  it("is cut where it is too long to be meant", () => {
    const fields = [
      plainField(":method", "M".repeat(1_000)),
      plainField(":path", "/".repeat(20_000)),
      plainField(":authority", "a".repeat(1_000)),
    ];
    const [request] = hear(start, headersFrame(1, ...fields));
    expect(request?.method).toHaveLength(32);
    expect(request?.path).toHaveLength(8_192);
    expect(request?.authority).toHaveLength(255);
  });

  it("is not whole when its block makes no sense", () => {
    const broken = headersFrame(1, get, https, path, Buffer.from([0x80]));
    expect(hear(start, broken)).toEqual([
      { stream: 1, method: "GET", scheme: "https", path: "/a?b", isWhole: false },
    ]);
    const padding = http2Frame(frameType.headers, frameFlag.endHeaders | frameFlag.padded, 1, get);
    expect(hear(start, padding)).toEqual([{ stream: 1, isWhole: false }]);
  });

  it("is not passed over when it hides behind more fields than anybody sends", () => {
    const stuffing = Array.from({ length: 30 }, () => indexedField(newest));
    const fields = [addedField("a", "b".repeat(3_000)), ...stuffing, plainField(":method", "PUT")];
    expect(hear(start, headersFrame(1, ...fields))).toEqual([{ stream: 1, isWhole: false }]);
  });

  it("is not kept when it is larger than anybody means", () => {
    const large = Buffer.alloc(60_000, 0x82);
    const frames = [
      http2Frame(frameType.headers, 0, 1, large),
      http2Frame(frameType.continuation, 0, 1, large),
      http2Frame(frameType.continuation, frameFlag.endHeaders, 1, get),
      http2Frame(frameType.headers, frameFlag.endHeaders, 3, Buffer.alloc(70_000, 0x82)),
      headersFrame(5, get, https, authority, path),
    ];
    expect(hear(start, ...frames)).toEqual([
      { stream: 1, isWhole: false },
      { stream: 3, isWhole: false },
      { stream: 5, ...whole, isWhole: true },
    ]);
  });
});

describe("a reader of HTTP/2 that does not see everything", () => {
  it("starts at any frame, and says what it cannot know", () => {
    const pointing = headersFrame(7, get, https, indexedField(newest), path);
    expect(hear(pointing)).toEqual([
      { stream: 7, method: "GET", scheme: "https", path: "/a?b", isWhole: false },
    ]);
  });

  it("takes the trailers of an earlier request for what they are", () => {
    expect(hear(headersFrame(7, plainField("checksum", "1")))).toEqual([]);
  });

  it("does not read a frame out of the middle of a body", () => {
    const reader = http2Requests();
    const body = Buffer.concat([Buffer.from("body"), headersFrame(1, get, https, authority, path)]);
    expect(reader.hear(body)).toEqual([]);
    expect(reader.unreadBytes).toBe(body.length);
    expect(reader.hear(headersFrame(3, get, https, authority, path))).toHaveLength(1);
  });

  it("goes on when the missing bytes are a body's", () => {
    const reader = http2Requests();
    const data = http2Frame(frameType.data, 0, 1, Buffer.alloc(10_000));
    reader.hear(Buffer.concat([start, headersFrame(1, get, https, authority, path)]));
    reader.hear(data.subarray(0, 100));
    reader.skip(data.length - 100);
    const pointing = headersFrame(3, get, https, indexedField(newest + 1), indexedField(newest));
    expect(reader.hear(pointing)).toEqual([{ stream: 3, ...whole, isWhole: true }]);
  });

  it("takes no field for another when a request may be missing", () => {
    const reader = http2Requests();
    reader.hear(Buffer.concat([start, headersFrame(1, get, https, authority, path)]));
    reader.skip(Number.POSITIVE_INFINITY);
    const pointing = headersFrame(5, get, https, indexedField(newest + 1), indexedField(newest));
    expect(reader.hear(pointing)).toEqual([
      { stream: 5, method: "GET", scheme: "https", isWhole: false },
    ]);
  });

  it("gives nothing for other protocols", () => {
    const reader = http2Requests();
    const others = [
      Buffer.from("GET / HTTP/1.1\r\n\r\n"),
      Buffer.from("PRI * HTTP/2.0\r\n\r\nXX\r\n"),
    ];
    expect(others.flatMap(reader.hear)).toEqual([]);
    expect(reader.unreadBytes).toBe(18 + 22);
  });
});
