import { type HeaderField, isKnownField } from "./hpack-field.js";
import { type HeaderList, headerListReader } from "./http2-header-lists.js";

/** A request as HTTP/2 carries it (RFC 9113, 8.3.1), its texts cut to a bearable length. */
export interface Http2Request {
  stream: number;
  method?: string;
  scheme?: string;
  /** In lower case; from the host field where there is no other. */
  authority?: string;
  /** With the query. */
  path?: string;
  /** As its fields say, or 0 where the request ends with them. */
  bodyBytes?: number;
  /** False if something of it cannot be known: bytes before it were not seen, or made no sense. */
  isWhole: boolean;
}

/** Reads the requests out of what a client sends, from the start of the connection or from its middle. */
export interface Http2RequestReader {
  /** Adds bytes in order; gives the requests that they complete. */
  hear(bytes: Buffer): Http2Request[];
  /** Bytes are missing here; Infinity if nobody knows how many. */
  skip(count: number): void;
  /** Bytes that could not be read, since nobody saw where their frame began. */
  readonly unreadBytes: number;
}

/** What a client says first (RFC 9113, 3.4). */
export const http2Preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

const maxLengths = { method: 32, scheme: 32, authority: 255, path: 8_192 } as const;

export function http2Requests(): Http2RequestReader {
  const lists = headerListReader(http2Preface);
  /** Of a client, each is larger than the one before (RFC 9113, 5.1.1). */
  let lastStream = 0;

  const readList = (list: HeaderList): Http2Request | undefined => {
    const isFirst = list.stream > lastStream;
    if (!isFirst || list.isPromise) return undefined;
    lastStream = list.stream;
    const request = requestOf(list);
    const areTrailers = request.method === undefined && isKnown(list);
    return areTrailers ? undefined : request;
  };

  return {
    hear: (bytes) => lists.hear(bytes).flatMap((list) => readList(list) ?? []),
    skip: (count) => lists.skip(count),
    get unreadBytes() {
      return lists.unreadBytes;
    },
  };
}

function requestOf(list: HeaderList): Http2Request {
  const { stream, fields } = list;
  const method = textOf(fields, ":method")?.slice(0, maxLengths.method);
  const scheme = textOf(fields, ":scheme")?.slice(0, maxLengths.scheme);
  const path = textOf(fields, ":path")?.slice(0, maxLengths.path);
  const named = textOf(fields, ":authority");
  const authority = (named ?? textOf(fields, "host"))?.slice(0, maxLengths.authority);
  const bodyBytes = bodyLength(list);
  const isNamed = [method, scheme, named, path].every((each) => each !== undefined);
  return {
    stream,
    ...(method === undefined ? {} : { method }),
    ...(scheme === undefined ? {} : { scheme }),
    ...(authority === undefined ? {} : { authority: authority.toLowerCase() }),
    ...(path === undefined ? {} : { path }),
    ...(bodyBytes === undefined ? {} : { bodyBytes }),
    isWhole: isKnown(list) || (list.isWhole && isNamed),
  };
}

function bodyLength({ fields, endsStream }: HeaderList): number | undefined {
  if (endsStream) return 0;
  const said = textOf(fields, "content-length") ?? "";
  return /^\d{1,15}$/.test(said) ? Number(said) : undefined;
}

function isKnown({ fields, isWhole }: HeaderList): boolean {
  return isWhole && fields.every(isKnownField);
}

function textOf(fields: readonly HeaderField[], name: string): string | undefined {
  return fields.find((field) => field.name === name)?.value || undefined;
}
