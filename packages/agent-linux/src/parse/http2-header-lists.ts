import { hpackDecoder } from "./hpack-decoder.js";
import type { HeaderField } from "./hpack-field.js";
import { frameFlag, frameType } from "./http2-frame.js";
import { frameReader, type HeaderFrame } from "./http2-frames.js";

/** The header fields of a request, a response, a promise of one, or the trailers after one. */
export interface HeaderList {
  stream: number;
  fields: HeaderField[];
  /** False if some of them are left out: they made no sense, or are too many. */
  isWhole: boolean;
  /** Of a request that the server makes up to answer it (RFC 9113, 8.4). */
  isPromise: boolean;
  /** Nothing follows on the stream. */
  endsStream: boolean;
}

/** Reads the header lists out of one direction of an HTTP/2 connection (RFC 9113), from the start or from its middle. */
export interface HeaderListReader {
  /** Adds bytes in order; gives the lists that they complete. */
  hear(bytes: Buffer): HeaderList[];
  /** Bytes are missing here; Infinity if nobody knows how many. */
  skip(count: number): void;
  /** Bytes that could not be read, since nobody saw where their frame began. */
  readonly unreadBytes: number;
}

const maxBlock = 65_536;

interface OpenBlock {
  stream: number;
  isPromise: boolean;
  endsStream: boolean;
  /** Undefined once a piece is missing or they are too many. */
  bytes: Buffer | undefined;
}

/** @param preface bytes that come before the first frame */
export function headerListReader(preface: Buffer): HeaderListReader {
  const frames = frameReader(preface);
  const hpack = hpackDecoder();
  let open: OpenBlock | undefined;

  const onFrame = (frame: HeaderFrame): HeaderList | undefined => {
    const piece = blockPiece(frame);
    if (frame.type !== frameType.continuation) {
      if (open !== undefined) hpack.forget();
      const isPromise = frame.type === frameType.pushPromise;
      const endsStream = !isPromise && (frame.flags & frameFlag.endStream) !== 0;
      open = { stream: frame.stream, isPromise, endsStream, bytes: piece };
    } else if (open?.stream === frame.stream) {
      open.bytes = joined(open.bytes, piece);
    } else {
      // The rest of a block whose beginning was not seen.
      hpack.forget();
      open = undefined;
    }
    const isLast = (frame.flags & frameFlag.endHeaders) !== 0;
    return open !== undefined && isLast ? close(open) : undefined;
  };

  const close = ({ bytes, ...block }: OpenBlock): HeaderList => {
    open = undefined;
    if (bytes === undefined) {
      hpack.forget();
      return { ...block, fields: [], isWhole: false };
    }
    return { ...block, ...hpack.decode(bytes) };
  };

  return {
    hear: (bytes) => frames.hear(bytes).flatMap((frame) => onFrame(frame) ?? []),
    skip(count) {
      if (frames.skip(count)) return;
      open = undefined;
      hpack.forget();
    },
    get unreadBytes() {
      return frames.unreadBytes;
    },
  };
}

/** What a frame has of the block, without padding, priority and promised stream (RFC 9113, 6.2, 6.6 and 6.10). */
function blockPiece({ type, flags, payload }: HeaderFrame): Buffer | undefined {
  if (payload === undefined || type === frameType.continuation) return payload;
  const isPadded = (flags & frameFlag.padded) !== 0;
  const padding = isPadded ? (payload[0] ?? 0) : 0;
  const hasPriority = type === frameType.headers && (flags & frameFlag.priority) !== 0;
  const promisedStream = type === frameType.pushPromise ? 4 : 0;
  const start = (isPadded ? 1 : 0) + (hasPriority ? 5 : 0) + promisedStream;
  const end = payload.length - padding;
  return start > end ? undefined : Buffer.from(payload.subarray(start, end));
}

function joined(bytes: Buffer | undefined, piece: Buffer | undefined): Buffer | undefined {
  if (bytes === undefined || piece === undefined) return undefined;
  return bytes.length + piece.length > maxBlock ? undefined : Buffer.concat([bytes, piece]);
}
