/** Puts the pieces of one direction of a TCP connection back into order. */
export interface TcpStream {
  /**
   * Adds what came with a sequence number; what was there before, or comes again, is left out.
   *
   * @returns false once pieces are missing for good: the stream cannot be read on.
   */
  add(sequence: number, piece: Buffer): boolean;
  /** What came in order and was not taken yet. */
  readonly bytes: Buffer;
  take(length: number): void;
}

/** Pieces that may wait for an earlier one. */
const maxWaiting = 16;

/** @param limit bytes that may be held, waiting ones included */
export function tcpStream(limit: number): TcpStream {
  let bytes = Buffer.alloc(0);
  let next: number | undefined;
  let waiting: { sequence: number; piece: Buffer }[] = [];

  /** Sequence numbers wrap at 2^32. */
  const distance = (sequence: number) => (sequence - (next ?? sequence)) | 0;

  const append = (sequence: number, piece: Buffer) => {
    const fresh = piece.subarray(Math.max(0, -distance(sequence)));
    bytes = Buffer.concat([bytes, fresh]);
    next = ((next ?? sequence) + fresh.length) >>> 0;
  };

  return {
    add(sequence, piece) {
      waiting.push({ sequence, piece });
      for (;;) {
        const index = waiting.findIndex((each) => distance(each.sequence) <= 0);
        const [ready] = index < 0 ? [] : waiting.splice(index, 1);
        if (ready === undefined) break;
        append(ready.sequence, ready.piece);
      }
      const held = waiting.reduce((sum, each) => sum + each.piece.length, bytes.length);
      if (waiting.length <= maxWaiting && held <= limit) return true;
      waiting = [];
      return false;
    },
    get bytes() {
      return bytes;
    },
    take(length) {
      bytes = bytes.subarray(length);
    },
  };
}
