import { readVarint } from "./quic-varint.js";

/** A piece of the TLS handshake (RFC 9000, 19.6). */
export interface CryptoFrame {
  offset: number;
  data: Buffer;
}

const frame = { padding: 0, ping: 1, ack: 2, ackWithCounts: 3, crypto: 6 } as const;

/** Picks the CRYPTO frames out of an Initial packet's payload; stops at a frame that a hello has no need of. */
export function cryptoFrames(payload: Buffer): CryptoFrame[] {
  const frames: CryptoFrame[] = [];
  let offset = 0;
  while (offset < payload.length) {
    const type = payload[offset];
    const start = offset + 1;
    const crypto = type === frame.crypto ? readCrypto(payload, start) : undefined;
    if (crypto !== undefined) frames.push(crypto.frame);
    const end = crypto?.end ?? skipFrame(payload, type, start);
    if (end === undefined) break;
    offset = end;
  }
  return frames;
}

function readCrypto(
  payload: Buffer,
  start: number,
): { frame: CryptoFrame; end: number } | undefined {
  const offset = readVarint(payload, start);
  if (offset === undefined) return undefined;
  const length = readVarint(payload, offset.end);
  if (length === undefined) return undefined;
  const end = length.end + length.value;
  if (end > payload.length) return undefined;
  return { frame: { offset: offset.value, data: payload.subarray(length.end, end) }, end };
}

function skipFrame(payload: Buffer, type: number | undefined, start: number): number | undefined {
  if (type === frame.padding || type === frame.ping) return start;
  if (type === frame.ack) return skipAck(payload, start, 0);
  return type === frame.ackWithCounts ? skipAck(payload, start, 3) : undefined;
}

/** Largest acknowledged, delay, count of ranges, first range; two numbers a range; counts (RFC 9000, 19.3). */
function skipAck(payload: Buffer, start: number, counts: number): number | undefined {
  const rangeCountAt = skipNumbers(payload, start, 2);
  const ranges = rangeCountAt === undefined ? undefined : readVarint(payload, rangeCountAt);
  if (ranges === undefined) return undefined;
  return skipNumbers(payload, ranges.end, 1 + 2 * ranges.value + counts);
}

/** @returns undefined if there are not as many. */
function skipNumbers(payload: Buffer, start: number, count: number): number | undefined {
  let offset = start;
  for (let left = count; left > 0; left--) {
    const number = readVarint(payload, offset);
    if (number === undefined) return undefined;
    offset = number.end;
  }
  return offset;
}
