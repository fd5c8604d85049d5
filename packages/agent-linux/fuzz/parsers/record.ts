import { decodeRecord } from "../../src/decode/decode-record.js";
import {
  addressFamily,
  call,
  headerSize,
  recordType,
  result,
} from "../../src/decode/record-layout.js";
import type { FuzzedParser } from "../fuzzed-parser.js";

/** A record with room for what any type has. */
function record(type: number, rest: Buffer = Buffer.alloc(700, 1)): Buffer {
  const header = Buffer.alloc(headerSize, 3);
  header.writeUInt16LE(type, 0);
  header.writeUInt16LE(0, 2);
  return Buffer.concat([header, rest]);
}

function execRest(): Buffer {
  const texts = [
    "node\0bin\0usr\0",
    "work\0home\0",
    "node\0-e\0\0",
    "GITHUB_ACTION=a=b\0CI=true\0",
  ];
  const lengths = Buffer.alloc(24);
  for (const [index, text] of texts.entries()) lengths.writeUInt32LE(text.length, 8 + index * 4);
  return Buffer.concat([lengths, ...texts.map((text) => Buffer.from(text))]);
}

/** A call or its result, of one address family. */
function networkRecord(type: number, familyAt: number, family: number): Buffer {
  const bytes = record(type);
  bytes.writeUInt16LE(family, familyAt);
  return bytes;
}

const networkRecords = Object.values(addressFamily).flatMap((family) => [
  networkRecord(recordType.call, call.family, family),
  networkRecord(recordType.result, result.family, family),
  networkRecord(recordType.blocked, call.family, family),
]);
const anyRecords = Object.values(recordType).map((type) => record(type));

/** Records of the ring: the kernel writes them, but what is in them is the job's. */
export const kernelRecord: FuzzedParser = {
  name: "record",
  corpus: [record(recordType.exec, execRest()), ...networkRecords, ...anyRecords],
  words: [
    Buffer.from([2, 0]),
    Buffer.from([10, 0]),
    Buffer.from([0xff, 0xff, 0xff, 0xff]),
    Buffer.from([0, 0, 0, 0]),
    Buffer.from("a=b\0"),
    Buffer.from("\0\0\0\0"),
  ],
  parse: decodeRecord,
  maxOutput: ({ length }) => 24 * length + 2_048,
};
