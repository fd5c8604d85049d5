import { isInterim, parseHttpStatus } from "../parse/http-response.js";
import { http2Responses } from "../parse/http2-responses.js";
import { inSequence } from "./in-sequence.js";

/** How a request was answered; without a stream, the request that was made first of those not answered yet. */
export interface HeardResponse {
  status: number;
  stream?: number;
}

/** Reads the answers out of pieces of what a server sends. */
export type ResponseReader = (sequence: number, piece: Buffer) => HeardResponse[];

/** Each piece is the beginning of a response. */
export const readHttp1Response: ResponseReader = (_, piece) => {
  const status = parseHttpStatus(piece);
  return status === undefined || isInterim(status) ? [] : [{ status }];
};

export function http2ResponseReader(): ResponseReader {
  const hear = inSequence(http2Responses());
  return (sequence, piece) => hear(sequence, piece).filter(({ status }) => !isInterim(status));
}
