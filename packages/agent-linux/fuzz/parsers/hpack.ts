import { hpackDecoder } from "../../src/parse/hpack-decoder.js";
import { decodeHuffman } from "../../src/parse/hpack-huffman.js";
import { requests, responses, singleFields, tableOf256 } from "../../test/parse/hpack-vectors.js";
import { addedField, indexedField, newest, tableSize } from "../../test/parse/write-hpack.js";
import type { FuzzedParser } from "../fuzzed-parser.js";
import { joinPieces, splitPieces } from "../pieces.js";

const hex = (text: string) => Buffer.from(text, "hex");
const blocks = (vectors: readonly { hex: string }[]) => vectors.map((each) => hex(each.hex));

/** Blocks of one connection. */
export const hpack: FuzzedParser = {
  name: "hpack",
  corpus: [
    joinPieces(...blocks(requests.plain)),
    joinPieces(...blocks(requests.huffman)),
    joinPieces(hex(tableOf256), ...blocks(responses.plain)),
    joinPieces(hex(tableOf256), ...blocks(responses.huffman)),
    joinPieces(...blocks(singleFields)),
    joinPieces(addedField("a", "b".repeat(3_000)), Buffer.alloc(64, indexedField(newest))),
  ],
  words: [
    tableSize(0),
    tableSize(4_096),
    tableSize(2 ** 28),
    addedField("", ""),
    addedField("x".repeat(100), "y".repeat(100)),
    indexedField(newest),
    indexedField(newest + 1),
    indexedField(2 ** 20),
    hex("ffffffffff"),
    hex("7f80808001"),
    hex("84ffffffff"),
  ],
  parse(input) {
    const decoder = hpackDecoder();
    return splitPieces(input).map((block) => decoder.decode(block));
  },
  // What a decoder gives of a block, and 8 for each of the things that it is made of.
  maxOutput: (input) => 8 + splitPieces(input).length * (2 * 65_536 + 64),
};

export const huffman: FuzzedParser = {
  name: "huffman",
  corpus: [
    hex("f1e3c2e5f23a6ba0ab90f4ff"),
    hex("d07abe941054d444a8200595040b8166e082a62d1bff"),
    hex(
      "94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007",
    ),
  ],
  words: [hex("ff"), hex("ffffffff"), hex("fffffffc"), hex("00"), hex("fffe1f")],
  parse: (input) => ({ text: decodeHuffman(input) }),
  maxOutput: ({ length }) => 1.6 * length + 32,
};
