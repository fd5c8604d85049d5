import { type HeaderList, headerListReader } from "./http2-header-lists.js";

/** How a server answers a request; informational answers (1xx) come before the one that counts. */
export interface Http2Response {
  stream: number;
  status: number;
}

/** Reads the statuses out of what a server sends, from the start of the connection or from its middle. */
export interface Http2ResponseReader {
  /** Adds bytes in order; gives the responses whose heads they complete. */
  hear(bytes: Buffer): Http2Response[];
  /** Bytes are missing here; Infinity if nobody knows how many. */
  skip(count: number): void;
  /** Bytes that could not be read, since nobody saw where their frame began. */
  readonly unreadBytes: number;
}

const threeDigits = /^[1-5][0-9]{2}$/;

export function http2Responses(): Http2ResponseReader {
  const lists = headerListReader(Buffer.alloc(0));
  return {
    hear: (bytes) => lists.hear(bytes).flatMap((list) => responseOf(list) ?? []),
    skip: (count) => lists.skip(count),
    get unreadBytes() {
      return lists.unreadBytes;
    },
  };
}

function responseOf({ stream, fields, isPromise }: HeaderList): Http2Response | undefined {
  const status = fields.find((field) => field.name === ":status")?.value;
  if (isPromise || status === undefined || !threeDigits.test(status)) return undefined;
  return { stream, status: Number(status) };
}
