import type { HttpHead } from "../parse/http-head.js";
import { type Http2Request, http2Requests } from "../parse/http2-requests.js";
import { inSequence } from "./in-sequence.js";
import { utterance } from "./utterance.js";

/** Reads the requests out of what a program gives its TLS library. */
export interface RequestReader {
  hear(sequence: number, piece: Buffer): HeardRequest[];
  /** What can be made of the rest, now that no more will come. */
  end(): HeardRequest[];
}

/** With the stream of HTTP/2 that its answer comes on. */
export type HeardHead = HttpHead & { stream?: number };

/** `unreadable`: there was a request, but bytes before it are missing or make no sense. */
export type HeardRequest = HeardHead | "unreadable";

export function requestReader(isHttp2: boolean): RequestReader {
  return isHttp2 ? http2Reader() : http1Reader();
}

/** One request: the next one begins anew. */
function http1Reader(): RequestReader {
  const { hear, end } = utterance();
  const headOf = (said: ReturnType<typeof end>) => (said && "head" in said ? [said.head] : []);
  return {
    hear: (sequence, piece) => headOf(hear(sequence, piece)),
    end: () => headOf(end()),
  };
}

/** All requests of a connection. */
function http2Reader(): RequestReader {
  const hear = inSequence(http2Requests());
  return {
    hear: (sequence, piece) => hear(sequence, piece).map(headOfHttp2),
    end: () => [],
  };
}

/** CONNECT has an authority for a target (RFC 9113, 8.5). */
function headOfHttp2({ stream, method, path, authority, bodyBytes }: Http2Request): HeardRequest {
  const target = path ?? (method === "CONNECT" ? authority : undefined);
  if (!method || target === undefined) return "unreadable";
  return {
    method,
    target,
    stream,
    ...(authority ? { host: authority } : {}),
    ...(bodyBytes === undefined ? {} : { bodyBytes }),
  };
}
