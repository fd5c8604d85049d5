import { readSync } from "node:fs";

/** Gives bytes of a file from an offset on; fewer where it ends. */
export type ByteReader = (offset: number, length: number) => Buffer;

/** @param fd of the file; stays open */
export function bytesOfFile(fd: number): ByteReader {
  return (offset, length) => {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(fd, bytes, 0, length, offset));
  };
}

/** The tables of a 64-bit little-endian ELF file, read piece by piece out of a file that may be large and hostile. */
export interface ElfTables {
  readonly sections: readonly SectionHeader[];
  /** @throws RangeError if the file does not have it, or it is too large */
  contents(section: SectionHeader): Buffer;
  /** Where in the file the code at an address lies. */
  codeOffset(address: number): number | undefined;
  readonly bytes: ByteReader;
  /** See {@link machine}; it may be another one. */
  readonly machine: number;
}

export interface SectionHeader {
  name: string;
  type: number;
  address: number;
  offset: number;
  size: number;
  /** Another section that belongs to it. */
  link: number;
}

export const machine = { x64: 62, arm64: 183 } as const;

const magic = 0x464c457f;
const headerSize = 64;
const sectionSize = 64;
const segmentSize = 56;
const loadable = 1;
const executable = 1;
/** Node exports 80 000 names in 6 MB; of a large Go program, the table of its functions has 30 MB. */
const maxTable = 64 << 20;

/**
 * @returns undefined if it is no such file
 * @throws RangeError if it ends too early, or says that its tables are huge
 */
export function readElfTables(bytes: ByteReader): ElfTables | undefined {
  const header = read(bytes, 0, headerSize);
  if (header.readUInt32LE(0) !== magic || header[4] !== 2 || header[5] !== 1) return undefined;
  const segments = readTable(bytes, header, { at: 32, count: 56, size: segmentSize });
  return {
    machine: header.readUInt16LE(18),
    sections: readSections(bytes, header),
    contents: ({ offset, size }) => read(bytes, offset, size),
    bytes,
    codeOffset(address) {
      for (const segment of segments) {
        const isCode = (segment.readUInt32LE(4) & executable) !== 0;
        const start = offsetAt(segment, 16);
        const isInside = address >= start && address < start + offsetAt(segment, 32);
        if (segment.readUInt32LE(0) === loadable && isCode && isInside) {
          return address - start + offsetAt(segment, 8);
        }
      }
      return undefined;
    },
  };
}

function readSections(bytes: ByteReader, header: Buffer): SectionHeader[] {
  const entries = readTable(bytes, header, { at: 40, count: 60, size: sectionSize });
  const names = entries[header.readUInt16LE(62)];
  const texts = names && read(bytes, offsetAt(names, 24), offsetAt(names, 32));
  return entries.map((entry) => ({
    name: texts === undefined ? "" : nameAt(texts, entry.readUInt32LE(0)),
    type: entry.readUInt32LE(4),
    address: offsetAt(entry, 16),
    offset: offsetAt(entry, 24),
    size: offsetAt(entry, 32),
    link: entry.readUInt32LE(40),
  }));
}

function readTable(
  bytes: ByteReader,
  header: Buffer,
  { at, count, size }: { at: number; count: number; size: number },
): Buffer[] {
  const entries = header.readUInt16LE(count);
  const table = read(bytes, offsetAt(header, at), entries * size);
  return Array.from({ length: entries }, (_, index) =>
    table.subarray(index * size, (index + 1) * size),
  );
}

/** @throws RangeError if the file does not have these bytes, or they are too many */
function read(bytes: ByteReader, start: number, length: number): Buffer {
  if (length > maxTable || !Number.isSafeInteger(start)) throw new RangeError("too large a table");
  const table = bytes(start, length);
  if (table.length < length) throw new RangeError("a cut file");
  return table;
}

function offsetAt(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}

/** Sections have short names. */
const maxName = 64;

function nameAt(texts: Buffer, start: number): string {
  const text = texts.toString("latin1", start, start + maxName);
  return text.split("\0", 1)[0] ?? "";
}
