import { readFileSync } from "node:fs";
import { parseClientHello } from "../../src/parse/client-hello.js";
import { quicInitial } from "../../src/parse/quic-initial.js";
import { quicVectors } from "../../test/parse/quic-vectors.js";
import type { FuzzedParser } from "../fuzzed-parser.js";

/** The ClientHello of RFC 9001, A.2. */
export const smallHello = Buffer.from(quicVectors.cryptoFrame, "hex").subarray(4);

/** Chromium's first two datagrams, which hold a hello with a post-quantum key. */
export const chromiumDatagrams = [1, 2].map((number) =>
  readFileSync(new URL(`../../test/parse/recorded/chromium-quic-${number}.bin`, import.meta.url)),
);

function chromiumHello(): Buffer {
  const reader = quicInitial();
  const hello = chromiumDatagrams.map((each) => reader.hear(each)).at(-1);
  if (!Buffer.isBuffer(hello)) throw new Error("the recorded datagrams hold no hello");
  return hello;
}

/** In records of a size at most. */
function records(message: Buffer, size: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < message.length; at += size) {
    const part = message.subarray(at, at + size);
    parts.push(Buffer.from([22, 3, 1, part.length >> 8, part.length & 0xff]), part);
  }
  return Buffer.concat(parts);
}

export const tls: FuzzedParser = {
  name: "tls",
  corpus: [
    records(smallHello, 16_384),
    records(smallHello, 50),
    records(chromiumHello(), 16_384),
    records(chromiumHello(), 700),
  ],
  words: [
    Buffer.from([22, 3, 1]),
    Buffer.from([22, 3, 3, 0, 0]),
    Buffer.from([0, 0, 0, 10, 0, 8, 0, 0, 5]),
    Buffer.from([0, 16, 0, 5, 0, 3, 2, 0x68, 0x32]),
    Buffer.from([1, 0, 0]),
  ],
  parse: parseClientHello,
  // A name of 255 bytes and 32 protocols of as many.
  maxOutput: () => 64 + 264 + 32 * 264,
};
