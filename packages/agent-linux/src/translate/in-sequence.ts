/** What reads pieces of a stream, and has to know where some are missing. */
interface PieceReader<T> {
  hear(bytes: Buffer): T[];
  skip(count: number): void;
}

/** Gives numbered pieces to a reader; tells it where one is not what follows the last. */
export function inSequence<T>(reader: PieceReader<T>): (sequence: number, piece: Buffer) => T[] {
  let next: number | undefined;
  return (sequence, piece) => {
    if (sequence !== (next ?? sequence)) reader.skip(Number.POSITIVE_INFINITY);
    next = (sequence + piece.length) >>> 0;
    return reader.hear(piece);
  };
}
