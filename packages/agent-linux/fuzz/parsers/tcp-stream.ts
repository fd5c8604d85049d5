import { tcpStream } from "../../src/parse/tcp-stream.js";
import type { FuzzedParser } from "../fuzzed-parser.js";
import { joinPieces, splitPieces } from "../pieces.js";

const limit = 4_096;

function segment(sequence: number, text: string): Buffer {
  const start = Buffer.alloc(4);
  start.writeUInt32BE(sequence);
  return Buffer.concat([start, Buffer.from(text)]);
}

/** Every piece starts with its sequence number; what came in order is taken from time to time. */
function parse(input: Buffer): unknown {
  const stream = tcpStream(limit);
  const kept = splitPieces(input).map((piece, index) => {
    if (piece.length < 4) return false;
    const isKept = stream.add(piece.readUInt32BE(0), piece.subarray(4));
    if (index % 7 === 6) stream.take(piece.length);
    return isKept;
  });
  return { kept, bytes: stream.bytes };
}

export const tcp: FuzzedParser = {
  name: "tcp",
  corpus: [
    joinPieces(segment(10, "abc"), segment(16, "ghi"), segment(11, "bcde"), segment(15, "f")),
    joinPieces(segment(0xffff_fffe, "abc"), segment(1, "def"), segment(4, "x".repeat(900))),
    joinPieces(...Array.from({ length: 20 }, (_, index) => segment(index * 10, "a"))),
  ],
  words: [Buffer.from([0xff, 0xff, 0xff, 0xff]), Buffer.from([0x80, 0, 0, 0]), Buffer.from([0, 5])],
  parse,
  maxOutput: ({ length }) => 5 * length + 64,
};
