import type { HttpHead } from "../parse/http-head.js";
import { utterance } from "./utterance.js";

/** Reads the requests out of what a program gives its TLS library. */
export interface RequestReader {
  hear(sequence: number, piece: Buffer): HttpHead[];
  /** What can be made of the rest, now that no more will come. */
  end(): HttpHead[];
}

export function requestReader(isHttp2: boolean): RequestReader {
  return isHttp2 ? { hear: () => [], end: () => [] } : http1Reader();
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
