import type { FuzzedParser } from "./fuzzed-parser.js";
import { dns } from "./parsers/dns.js";
import { goProgram } from "./parsers/go-program.js";
import { hpack, huffman } from "./parsers/hpack.js";
import { cutHttpHead, httpHead, httpStatus } from "./parsers/http1.js";
import { http2Client, http2Server } from "./parsers/http2.js";
import { quic, quicFrames, quicSealed } from "./parsers/quic.js";
import { kernelRecord } from "./parsers/record.js";
import { tcp } from "./parsers/tcp-stream.js";
import { tls } from "./parsers/tls.js";

/** Everything that reads bytes of an attacker. */
export const parsers: readonly FuzzedParser[] = [
  dns,
  tls,
  httpHead,
  cutHttpHead,
  httpStatus,
  tcp,
  quic,
  quicFrames,
  quicSealed,
  hpack,
  huffman,
  http2Client,
  http2Server,
  kernelRecord,
  goProgram,
];

/** Throws if there is none of that name. */
export function parserNamed(name: string): FuzzedParser {
  const parser = parsers.find((each) => each.name === name);
  if (parser !== undefined) return parser;
  throw new Error(`no parser "${name}"; there are ${parsers.map((each) => each.name).join(", ")}`);
}
