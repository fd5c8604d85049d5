import { frameFlag, frameType } from "../../src/parse/http2-frame.js";
import { http2Preface, http2Requests } from "../../src/parse/http2-requests.js";
import { http2Responses } from "../../src/parse/http2-responses.js";
import { requests, responses } from "../../test/parse/hpack-vectors.js";
import { addedField, indexedField, newest, tableSize } from "../../test/parse/write-hpack.js";
import { headersFrame, http2Frame } from "../../test/parse/write-http2.js";
import type { FuzzedParser } from "../fuzzed-parser.js";

const hex = (text: string) => Buffer.from(text, "hex");
const settings = http2Frame(frameType.settings, 0, 0, hex("000100001000"));
const data = http2Frame(frameType.data, 1, 1, Buffer.from("body"));
const [get, https] = [indexedField(2), indexedField(7)];

const requestFrames = requests.huffman.map((each, index) =>
  headersFrame(2 * index + 1, hex(each.hex)),
);
const responseFrames = responses.huffman.map((each, index) =>
  headersFrame(2 * index + 1, hex(each.hex)),
);
const promised = Buffer.concat([Buffer.from([0, 0, 0, 2]), get, https, addedField(":path", "/p")]);
const spread = [
  http2Frame(
    frameType.headers,
    frameFlag.padded | frameFlag.priority,
    7,
    Buffer.concat([hex("020000000009"), get, https, hex("0000")]),
  ),
  http2Frame(frameType.continuation, 0, 7, addedField(":path", "/continued")),
  http2Frame(frameType.continuation, frameFlag.endHeaders, 7, addedField(":authority", "a.test")),
];

const words = [
  http2Preface,
  settings,
  data,
  ...spread,
  headersFrame(9, get, https, indexedField(newest), indexedField(newest + 1)),
  headersFrame(0x7fff_ffff, tableSize(2 ** 28), addedField("a", "b".repeat(200))),
  http2Frame(frameType.pushPromise, frameFlag.endHeaders, 1, promised),
  http2Frame(frameType.priorityUpdate, 0, 0, Buffer.alloc(4)),
  http2Frame(frameType.goAway, 0, 0, Buffer.alloc(8)),
  hex("ffffff"),
  hex("010001"),
];

/** The first byte says in what pieces the rest comes, and where one is missing. */
function pieces(input: Buffer): Buffer[] {
  const first = input[0] ?? 0;
  const size = first < 0x80 ? input.length : 1 + (first & 0x3f) * 8;
  const cut: Buffer[] = [];
  for (let at = 1; at < input.length; at += size) cut.push(input.subarray(at, at + size));
  return cut;
}

interface Reader {
  hear(bytes: Buffer): unknown[];
  skip(count: number): void;
  readonly unreadBytes: number;
}

function hearAll(reader: Reader, input: Buffer): unknown {
  const isLossy = ((input[0] ?? 0) & 0x40) !== 0;
  const heard = pieces(input).flatMap((piece, index) => {
    if (isLossy && index % 5 === 4) reader.skip(piece.length);
    return reader.hear(piece);
  });
  return [...heard, String(reader.unreadBytes)];
}

/** A request is 9 bytes of a frame at least, and its texts are 8.5 KB at most. */
const maxOutput = ({ length }: Buffer) => (length / 9 + 1) * 9_000;

export const http2Client: FuzzedParser = {
  name: "http2client",
  corpus: [
    Buffer.concat([Buffer.from([0]), http2Preface, settings, ...requestFrames]),
    Buffer.concat([Buffer.from([0x82]), http2Preface, settings, ...requestFrames, data, ...spread]),
    Buffer.concat([Buffer.from([0]), http2Preface, settings, ...spread, data, ...requestFrames]),
    Buffer.concat([Buffer.from([0x41]), ...requestFrames.slice(1), data]),
    Buffer.concat([Buffer.from([0xc4]), http2Preface, settings, ...requestFrames, data, ...spread]),
  ],
  words,
  parse: (input) => hearAll(http2Requests(), input),
  maxOutput,
};

export const http2Server: FuzzedParser = {
  name: "http2server",
  corpus: [
    Buffer.concat([Buffer.from([0]), settings, headersFrame(1, tableSize(256)), ...responseFrames]),
    Buffer.concat([Buffer.from([0x81]), settings, ...responseFrames, data]),
    Buffer.concat([
      Buffer.from([0]),
      settings,
      http2Frame(frameType.pushPromise, frameFlag.endHeaders, 1, promised),
      ...responseFrames,
    ]),
  ],
  words,
  parse: (input) => hearAll(http2Responses(), input),
  maxOutput,
};
