import {
  type FrameHeader,
  frameHeaderSize,
  frameType,
  readFrameHeader,
  startsWithFrame,
} from "./http2-frame.js";

/** A frame that carries a piece of a header block. */
export interface HeaderFrame extends FrameHeader {
  /** Undefined if it is too large to be kept. */
  payload: Buffer | undefined;
}

/** Cuts one direction of a connection into frames and keeps those with header blocks; the others are passed over. */
export interface FrameReader {
  hear(bytes: Buffer): HeaderFrame[];
  /** Bytes are missing here. @returns whether they were in a frame that is passed over: nothing is lost then. */
  skip(count: number): boolean;
  /** Bytes that began in the middle of a frame whose start was not seen. */
  readonly unreadBytes: number;
}

const maxPayload = 65_536;
const keptTypes: ReadonlySet<number> = new Set([
  frameType.headers,
  frameType.pushPromise,
  frameType.continuation,
]);

/** @param preface bytes that come before the first frame, if the connection is seen from its start */
export function frameReader(preface: Buffer): FrameReader {
  let isAtStart = preface.length > 0;
  let isInStep = false;
  let pending = Buffer.alloc(0);
  /** Bytes of a frame that is passed over. */
  let ahead = 0;
  let unreadBytes = 0;

  /** @returns what follows the preface; everything if it is another connection's middle. */
  const readPreface = (bytes: Buffer): Buffer | undefined => {
    const start = bytes.subarray(0, preface.length);
    if (!start.equals(preface.subarray(0, start.length))) {
      isAtStart = false;
      return bytes;
    }
    if (start.length < preface.length) return undefined;
    isAtStart = false;
    isInStep = true;
    return bytes.subarray(preface.length);
  };

  /** @returns how many bytes of what is there were read. */
  const readFrames = (bytes: Buffer, frames: HeaderFrame[]): number => {
    let offset = 0;
    for (;;) {
      const passed = Math.min(ahead, bytes.length - offset);
      ahead -= passed;
      offset += passed;
      const header = readFrameHeader(bytes, offset);
      if (header === undefined) return offset;
      const end = offset + frameHeaderSize + header.length;
      const isKept = keptTypes.has(header.type);
      if (isKept && header.length <= maxPayload) {
        if (end > bytes.length) return offset;
        const payload = bytes.subarray(offset + frameHeaderSize, end);
        frames.push({ ...header, payload });
      } else if (isKept) {
        frames.push({ ...header, payload: undefined });
      }
      ahead = end - offset;
    }
  };

  return {
    hear(piece) {
      const all = pending.length === 0 ? piece : Buffer.concat([pending, piece]);
      const bytes = isAtStart ? readPreface(all) : all;
      if (bytes === undefined) {
        pending = Buffer.from(all);
        return [];
      }
      pending = Buffer.alloc(0);
      isInStep ||= startsWithFrame(bytes);
      if (!isInStep) {
        unreadBytes += bytes.length;
        return [];
      }
      const frames: HeaderFrame[] = [];
      pending = Buffer.from(bytes.subarray(readFrames(bytes, frames)));
      return frames;
    },
    skip(count) {
      if (isInStep && count <= ahead) {
        ahead -= count;
        return true;
      }
      isAtStart = false;
      isInStep = false;
      unreadBytes += pending.length;
      pending = Buffer.alloc(0);
      ahead = 0;
      return false;
    },
    get unreadBytes() {
      return unreadBytes;
    },
  };
}
