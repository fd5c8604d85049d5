import { parseCutHttpHead, parseHttpHead } from "../../src/parse/http-head.js";
import { parseHttpStatus } from "../../src/parse/http-response.js";
import type { FuzzedParser } from "../fuzzed-parser.js";

const samples = {
  corpus: [
    Buffer.from("GET /a/b?c=d HTTP/1.1\r\nHost: Example.com:8080\r\nAccept: */*\r\n\r\n"),
    Buffer.from(
      "POST http://example.com/upload HTTP/1.0\nhost:example.com\nContent-Length: 3\n\nabc",
    ),
    Buffer.from("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n"),
    Buffer.from("OPTIONS * HTTP/1.1\r\nX: 1\r\nHost:\t example.com \r\n\r\n"),
    Buffer.from(`DELETE /${"x".repeat(3_000)} HTTP/1.1\r\nCookie: ${"y".repeat(5_000)}\r\n`),
  ],
  words: [
    "\r\n",
    "\n\n",
    "\r\n\r\n",
    " ",
    "\t",
    "\nHost:",
    "\r\nhost: \r\n",
    "HTTP/1.1\r\n",
    "GET ",
    ",",
    " ".repeat(500),
    "\t\n".repeat(200),
    "\nhost:".repeat(100),
  ].map((word) => Buffer.from(word)),
} as const satisfies Partial<FuzzedParser>;

/** A target of 8 KB and a host. */
const maxOutput = () => 8_192 + 255 + 64;

export const httpHead: FuzzedParser = {
  name: "http1",
  ...samples,
  parse: parseHttpHead,
  maxOutput,
};

export const cutHttpHead: FuzzedParser = {
  name: "http1cut",
  ...samples,
  parse: parseCutHttpHead,
  maxOutput,
};

export const httpStatus: FuzzedParser = {
  name: "http1status",
  corpus: [
    Buffer.from("HTTP/1.1 404 Not Found\r\nDate: x\r\n"),
    Buffer.from("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nServer: x\r\n"),
    Buffer.from("HTTP/1.0 302\n\n"),
  ],
  words: ["HTTP/1.1 ", "\r\n\r\n", "\n", "100", "999", " "].map((word) => Buffer.from(word)),
  parse: parseHttpStatus,
  maxOutput: () => 8,
};
