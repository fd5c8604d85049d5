import { type ClientHello, parseClientHello } from "../parse/client-hello.js";
import { type HttpHead, parseCutHttpHead, parseHttpHead } from "../parse/http-head.js";
import { tcpStream } from "../parse/tcp-stream.js";

/** What a client says first, or says anew: a TLS ClientHello or the head of an HTTP request. */
export interface Utterance {
  /** Adds bytes; gives what was said once it is understood. */
  hear(sequence: number, piece: Buffer): Said | undefined;
  /** What can be made of it now that no more will come. */
  end(): Said | undefined;
}

export type Said = { hello: ClientHello } | { head: HttpHead };

/** The kernel side sends no more of one. */
const maxBytes = 16_384;

export function utterance(): Utterance {
  const stream = tcpStream(2 * maxBytes);
  let isOver = false;

  const over = (said: Said | undefined) => {
    isOver = true;
    return said;
  };
  const cutHead = () => {
    const head = parseCutHttpHead(stream.bytes);
    return head && { head };
  };

  return {
    hear(sequence, piece) {
      if (isOver) return undefined;
      if (!stream.add(sequence, piece)) return over(cutHead());
      const hello = parseClientHello(stream.bytes);
      if (typeof hello === "object") return over({ hello });
      const head = parseHttpHead(stream.bytes);
      if (typeof head === "object") return over({ head });
      if (hello === "other" && head === "other") return over(undefined);
      return stream.bytes.length >= maxBytes ? over(cutHead()) : undefined;
    },
    end: () => (isOver ? undefined : over(cutHead())),
  };
}
