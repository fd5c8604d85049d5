/** The header of a frame (RFC 9113, 4.1). */
export interface FrameHeader {
  /** Of the payload, in bytes. */
  length: number;
  type: number;
  flags: number;
  stream: number;
}

export const frameHeaderSize = 9;

export const frameType = {
  data: 0,
  headers: 1,
  priority: 2,
  resetStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
  /** RFC 7838, 4 */
  alternativeServices: 10,
  /** RFC 8336, 2 */
  origin: 12,
  /** RFC 9218, 7.1 */
  priorityUpdate: 16,
} as const;

export const frameFlag = {
  endStream: 0x01,
  endHeaders: 0x04,
  padded: 0x08,
  priority: 0x20,
} as const;

/** @returns undefined if the bytes are too few. */
export function readFrameHeader(bytes: Buffer, offset: number): FrameHeader | undefined {
  if (offset + frameHeaderSize > bytes.length) return undefined;
  return {
    length: bytes.readUIntBE(offset, 3),
    type: bytes.readUInt8(offset + 3),
    flags: bytes.readUInt8(offset + 4),
    stream: bytes.readUInt32BE(offset + 5) & 0x7fff_ffff,
  };
}

/** All that a peer may send without being told that it may send more. */
const defaultMaxLength = 16_384;

/** Whether bytes from the middle of a connection start with a frame, and go on with frames as far as they reach. */
export function startsWithFrame(bytes: Buffer): boolean {
  let offset = 0;
  let header = readFrameHeader(bytes, offset);
  while (header !== undefined) {
    const hasReservedBit = (bytes[offset + 5] ?? 0) >= 0x80;
    if (hasReservedBit || header.length > defaultMaxLength || !isPlausible(header)) return false;
    offset += frameHeaderSize + header.length;
    header = readFrameHeader(bytes, offset);
  }
  return offset > 0;
}

function isPlausible({ type, flags, stream, length }: FrameHeader): boolean {
  const isOfStream = stream !== 0;
  switch (type) {
    case frameType.data:
      return isOfStream && (flags & ~0x09) === 0;
    case frameType.headers:
      return isOfStream && (flags & ~0x2d) === 0 && length > 0;
    case frameType.priority:
      return isOfStream && flags === 0 && length === 5;
    case frameType.resetStream:
      return isOfStream && flags === 0 && length === 4;
    case frameType.settings:
      return !isOfStream && (flags & ~0x01) === 0 && length % 6 === 0;
    case frameType.pushPromise:
      return isOfStream && (flags & ~0x0c) === 0 && length > 4;
    case frameType.ping:
      return !isOfStream && (flags & ~0x01) === 0 && length === 8;
    case frameType.goAway:
      return !isOfStream && flags === 0 && length >= 8;
    case frameType.windowUpdate:
      return flags === 0 && length === 4;
    case frameType.continuation:
      return isOfStream && (flags & ~0x04) === 0;
    case frameType.alternativeServices:
      return length >= 2;
    case frameType.origin:
      return !isOfStream;
    case frameType.priorityUpdate:
      return !isOfStream && length >= 4;
    default:
      return false;
  }
}
