/** Inputs of parsers that are given several pieces: two bytes with the length, then the piece. */
export function joinPieces(...pieces: Buffer[]): Buffer {
  return Buffer.concat(
    pieces.flatMap((piece) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(piece.length);
      return [length, piece];
    }),
  );
}

/** Reads any bytes as pieces; the last one may be shorter than it says. */
export function splitPieces(input: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  for (let offset = 0; offset + 2 <= input.length; ) {
    const end = offset + 2 + input.readUInt16BE(offset);
    pieces.push(input.subarray(offset + 2, end));
    offset = end;
  }
  return pieces;
}
