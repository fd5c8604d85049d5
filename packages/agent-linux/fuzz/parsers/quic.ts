import { cryptoFrames } from "../../src/parse/quic-crypto-frames.js";
import { cryptoStream } from "../../src/parse/quic-crypto-stream.js";
import { quicInitial } from "../../src/parse/quic-initial.js";
import { quicVectors } from "../../test/parse/quic-vectors.js";
import { cryptoPayload, sealInitial } from "../../test/parse/seal-initial.js";
import type { FuzzedParser } from "../fuzzed-parser.js";
import { joinPieces, splitPieces } from "../pieces.js";
import { chromiumDatagrams, smallHello } from "./tls.js";

const version2 = 0x6b33_43cf;
const hex = (text: string) => Buffer.from(text, "hex");

function hearAll(datagrams: Buffer[]): unknown {
  const reader = quicInitial();
  return datagrams.map((each) => reader.hear(each));
}

const halves = [
  cryptoPayload({ offset: 0, data: smallHello.subarray(0, 120) }),
  cryptoPayload({ offset: 120, data: smallHello.subarray(120) }),
];

/** Datagrams: most of the changed ones cannot be opened. */
export const quic: FuzzedParser = {
  name: "quic",
  corpus: [
    joinPieces(hex(quicVectors.version1.clientPacket)),
    joinPieces(hex(quicVectors.version2.clientPacket)),
    joinPieces(...chromiumDatagrams),
    joinPieces(...halves.map((payload) => sealInitial({ payload }))),
    joinPieces(Buffer.concat(halves.map((payload) => sealInitial({ payload })))),
    joinPieces(hex(quicVectors.version1.retry), hex(quicVectors.version1.serverPacket)),
  ],
  words: [
    hex("c000000001"),
    hex("d06b3343cf"),
    hex("d000000001021122000a"),
    hex("8394c8f03e515708"),
    hex("bfffffff"),
    hex("ffffffffffffffff"),
  ],
  parse: (input) => hearAll(splitPieces(input)),
  maxOutput: ({ length }) => 16 * length + 64,
};

/** What is inside: frames, and the pieces of the handshake. */
export const quicFrames: FuzzedParser = {
  name: "quicframes",
  corpus: [
    Buffer.from(quicVectors.cryptoFrame, "hex"),
    Buffer.concat([hex("0209000100000003090000000102030100"), ...halves]),
    cryptoPayload(
      ...[...smallHello.keys()].map((at) => ({
        offset: at,
        data: smallHello.subarray(at, at + 1),
      })),
    ),
  ],
  words: [
    hex("0600"),
    hex("06404004"),
    hex("06800040000100"),
    hex("06c0000001000000000100"),
    hex("0240ff00bfffffff00"),
    hex("0301000000"),
    hex("01"),
    hex("1c000000"),
  ],
  parse(input) {
    const frames = cryptoFrames(input);
    const stream = cryptoStream(4_096);
    for (const frame of frames) stream.add(frame);
    return [...frames.map(({ offset, data }) => ({ offset, data })), stream.bytes];
  },
  maxOutput: ({ length }) => 9 * length + 4_096 + 64,
};

/** Payloads, sealed before they are given: a byte tells the version and the length of the number. */
export const quicSealed: FuzzedParser = {
  name: "quicsealed",
  corpus: [
    joinPieces(...halves.map((payload) => Buffer.concat([Buffer.from([0]), payload]))),
    joinPieces(...halves.map((payload) => Buffer.concat([Buffer.from([0x83]), payload]))),
    joinPieces(Buffer.concat([Buffer.from([1]), cryptoPayload({ offset: 0, data: smallHello })])),
  ],
  words: quicFrames.words,
  parse(input) {
    const datagrams = splitPieces(input)
      .slice(0, 8)
      .map((piece) =>
        sealInitial({
          payload: Buffer.concat([piece.subarray(1), Buffer.alloc(20)]),
          version: (piece[0] ?? 0) & 0x80 ? version2 : 1,
          packetNumberLength: 1 + ((piece[0] ?? 0) & 3),
        }),
      );
    return hearAll(datagrams);
  },
  maxOutput: ({ length }) => 16 * length + 64,
};
