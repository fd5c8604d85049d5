import type { CryptoFrame } from "./quic-crypto-frames.js";

/** Puts the pieces of a handshake back into order, however small and mixed up: browsers mix them up on purpose. */
export interface CryptoStream {
  /** Adds a piece; what was there before stays, what lies beyond the limit is left out. */
  add(frame: CryptoFrame): void;
  /** What is there without a gap, from the start. */
  readonly bytes: Buffer;
}

/** @param limit bytes; twice as many are held */
export function cryptoStream(limit: number): CryptoStream {
  const held = Buffer.alloc(limit);
  const isThere = new Uint8Array(limit);
  let end = 0;

  return {
    add({ offset, data }) {
      if (offset >= limit) return;
      for (const [index, byte] of data.subarray(0, limit - offset).entries()) {
        const at = offset + index;
        if (isThere[at]) continue;
        held[at] = byte;
        isThere[at] = 1;
      }
      while (isThere[end]) end += 1;
    },
    get bytes() {
      return held.subarray(0, end);
    },
  };
}
