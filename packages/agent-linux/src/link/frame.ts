/**
 * What the two halves of the agent say to each other: a length of four bytes, a kind of one, and JSON.
 *
 * docs/capture.md, "Privileges", tells which half does what.
 */
export interface Frame {
  kind: number;
  json: string;
}

/** What the reading half tells the half with rights, or asks of it. */
export const readerSays = {
  /** It has given up its rights. */
  ready: 1,
  events: 2,
  /** Which processes started which program. */
  watch: 3,
  askProcess: 4,
  askCgroups: 5,
  /** Where in a file programs are to run. */
  places: 6,
  /** All that was in the ring has been told. */
  end: 7,
  /** A file holds a TLS library that is unlike those known. */
  unlikeKnown: 8,
} as const;

/** What the half with rights tells the reading half. */
export const rootSays = {
  /** A ring was handed over: read it. */
  read: 1,
  /** A file was handed over: look for a TLS library in it. */
  findPlaces: 2,
  process: 3,
  cgroups: 4,
  /** Nothing more is written to the ring. */
  finish: 5,
} as const;

/** No frame of either side is larger. */
export const maxFrame = 16 << 20;

const headerSize = 5;

export function writeFrame(kind: number, json: string): Buffer {
  const length = Buffer.byteLength(json);
  const bytes = Buffer.allocUnsafe(headerSize + length);
  bytes.writeUInt32LE(length, 0);
  bytes.writeUInt8(kind, 4);
  bytes.write(json, headerSize);
  return bytes;
}

/** Puts frames together from what a stream brings. The result throws Error at a frame that is too large. */
export function frameSplitter(): (chunk: Buffer) => Frame[] {
  let chunks: Buffer[] = [];
  let held = 0;
  let wanted = headerSize;

  return (chunk) => {
    chunks.push(chunk);
    held += chunk.length;
    if (held < wanted) return [];
    let bytes = Buffer.concat(chunks);
    const frames: Frame[] = [];
    for (;;) {
      wanted = headerSize;
      if (bytes.length < wanted) break;
      const length = bytes.readUInt32LE(0);
      if (length > maxFrame) throw new Error("a frame is too large");
      wanted += length;
      if (bytes.length < wanted) break;
      const json = bytes.toString("utf8", headerSize, wanted);
      frames.push({ kind: bytes.readUInt8(4), json });
      bytes = bytes.subarray(wanted);
    }
    chunks = bytes.length === 0 ? [] : [bytes];
    held = bytes.length;
    return frames;
  };
}
