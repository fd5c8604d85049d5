import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseClientHello } from "../../src/parse/client-hello.js";
import { type HeardInitial, quicInitial } from "../../src/parse/quic-initial.js";
import { quicVectors } from "./quic-vectors.js";
import { cryptoPayload, sealInitial } from "./seal-initial.js";

const version2 = 0x6b33_43cf;
const hex = (text: string) => Buffer.from(text, "hex");
/** The vectors' ClientHello, out of its frame. */
const hello = hex(quicVectors.cryptoFrame).subarray(4);
const recorded = [1, 2].map((number) =>
  readFileSync(new URL(`recorded/chromium-quic-${number}.bin`, import.meta.url)),
);

function hear(...datagrams: Buffer[]): HeardInitial[] {
  const reader = quicInitial();
  return datagrams.map((each) => reader.hear(each));
}

function serverNameIn(message: HeardInitial | undefined): string | undefined {
  if (!Buffer.isBuffer(message)) return undefined;
  const record = Buffer.concat([Buffer.from([22, 3, 1, 0, 0]), message]);
  record.writeUInt16BE(message.length, 3);
  const parsed = parseClientHello(record);
  return typeof parsed === "string" ? parsed : parsed.serverName;
}

/** A ClientHello of a size, as far as this layer looks into it. */
function helloOf(length: number): Buffer {
  const message = Buffer.alloc(length, 7);
  message.writeUInt32BE(0x0100_0000 | (length - 4));
  return message;
}

function pieceOf(message: Buffer, start: number, end: number) {
  return { offset: start, data: message.subarray(start, end) };
}

describe("a QUIC client's first packets", () => {
  it("give the ClientHello of RFC 9001, appendix A", () => {
    expect(hear(hex(quicVectors.version1.clientPacket))).toEqual([hello]);
  });

  it("give the ClientHello of RFC 9369, appendix A", () => {
    expect(hear(hex(quicVectors.version2.clientPacket))).toEqual([hello]);
  });

  it("give what Chromium says in two datagrams, frames shuffled, whichever comes first", () => {
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = recorded;
    for (const order of [
      [first, second],
      [second, first],
    ]) {
      const [early, late] = hear(...order);
      expect(early).toBe("incomplete");
      expect(serverNameIn(late)).toBe("registry.example.com");
    }
  });

  it("may be three datagrams in any order, repeated and overlapping", () => {
    const message = helloOf(3_000);
    const packets = [
      pieceOf(message, 0, 1_100),
      pieceOf(message, 1_000, 2_100),
      pieceOf(message, 2_100, 3_000),
    ].map((piece, packetNumber) => sealInitial({ payload: cryptoPayload(piece), packetNumber }));
    const [a = Buffer.alloc(0), b = Buffer.alloc(0), c = Buffer.alloc(0)] = packets;
    expect(hear(c, a, c, b)).toEqual(["incomplete", "incomplete", "incomplete", message]);
  });

  it("may hold a byte a frame", () => {
    const pieces = [...hello.keys()].reverse().map((at) => pieceOf(hello, at, at + 1));
    expect(hear(sealInitial({ payload: cryptoPayload(...pieces) }))).toEqual([hello]);
  });

  it("may have other frames before the hello, and other packets before them", () => {
    const ping = Buffer.from([1]);
    const ack = Buffer.from([2, 9, 0, 1, 0, 0, 0]);
    const ackWithCounts = Buffer.from([3, 9, 0, 0, 0, 1, 2, 3]);
    const frames = cryptoPayload({ offset: 0, data: hello });
    const initial = sealInitial({ payload: Buffer.concat([ping, ack, ackWithCounts, frames]) });
    const zeroRtt = Buffer.concat([hex("d000000001021122000a"), Buffer.alloc(10)]);
    expect(hear(Buffer.concat([zeroRtt, initial]))).toEqual([hello]);
  });

  it("have numbers of one to four bytes, and tokens", () => {
    const payload = cryptoPayload({ offset: 0, data: hello });
    for (const packetNumberLength of [1, 2, 3, 4]) {
      const token = Buffer.alloc(300, packetNumberLength);
      const packet = sealInitial({ payload, packetNumber: 77, packetNumberLength, token });
      expect(hear(packet)).toEqual([hello]);
    }
  });

  it("keep their keys when the server has chosen another connection id", () => {
    const [first, second] = [pieceOf(hello, 0, 100), pieceOf(hello, 100, hello.length)];
    const keyId = Buffer.from("first-id");
    const before = sealInitial({ payload: cryptoPayload(first), destinationId: keyId });
    const after = sealInitial({
      payload: cryptoPayload(second),
      destinationId: Buffer.from("server-id"),
      keyId,
    });
    expect(hear(before, after)).toEqual(["incomplete", hello]);
  });

  it("start anew after a Retry, and in another version", () => {
    const begun = cryptoPayload(pieceOf(hello, 0, 50));
    const whole = cryptoPayload({ offset: 0, data: hello });
    const retried = sealInitial({ payload: whole, destinationId: Buffer.from("retry-id") });
    expect(hear(sealInitial({ payload: begun }), retried)).toEqual(["incomplete", hello]);
    const upgraded = sealInitial({ payload: whole, version: version2 });
    expect(hear(sealInitial({ payload: begun }), upgraded)).toEqual(["incomplete", hello]);
  });
});

describe("what is no client's Initial packet", () => {
  const whole = sealInitial({ payload: cryptoPayload({ offset: 0, data: hello }) });

  it("is told as such: a server's, a Retry, a Version Negotiation, other protocols", () => {
    const negotiation = hex("c0000000000008f067a5502a4262b500000001");
    for (const datagram of [
      hex(quicVectors.version1.serverPacket),
      hex(quicVectors.version1.retry),
      negotiation,
      Buffer.from("GET / HTTP/1.1\r\n"),
      Buffer.alloc(0),
    ]) {
      expect(hear(datagram)).toEqual(["other"]);
    }
  });

  it("does not end a hello that has begun", () => {
    const begun = sealInitial({ payload: cryptoPayload(pieceOf(hello, 0, 50)) });
    const short = Buffer.from([0x41, 1, 2, 3]);
    expect(hear(begun, short, whole)).toEqual(["incomplete", "incomplete", hello]);
  });

  it("is any packet that was cut or changed, wherever", () => {
    for (let index = 0; index < whole.length; index++) {
      expect(hear(whole.subarray(0, index))).toEqual(["other"]);
      const changed = Buffer.from(whole);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(hear(changed)).toEqual(["other"]);
    }
  });

  it("may be sealed well and still hold no hello", () => {
    const finished = Buffer.alloc(40, 20);
    const huge = Buffer.from([1, 0xff, 0xff, 0xff]);
    for (const data of [finished, huge]) {
      expect(hear(sealInitial({ payload: cryptoPayload({ offset: 0, data }) }))).toEqual(["other"]);
    }
    const farAway = { offset: 2 ** 40, data: hello };
    expect(hear(sealInitial({ payload: cryptoPayload(farAway) }))).toEqual(["incomplete"]);
    const ackOfMany = Buffer.concat([Buffer.from([2, 0, 0, 0xff]), Buffer.alloc(30, 0xff)]);
    expect(hear(sealInitial({ payload: ackOfMany }))).toEqual(["incomplete"]);
  });

  it("is given up after many packets without a whole hello", () => {
    const begun = sealInitial({ payload: cryptoPayload(pieceOf(hello, 0, 50)) });
    const heard = hear(...Array.from({ length: 100 }, () => begun));
    expect(heard[0]).toBe("incomplete");
    expect(heard.at(-1)).toBe("other");
  });
});
