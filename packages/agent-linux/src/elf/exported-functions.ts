import { readSync } from "node:fs";
import { sectionType } from "./elf-file.js";

const magic = 0x464c457f;
const headerSize = 64;
const sectionSize = 64;
const segmentSize = 56;
const symbolSize = 24;
const functionType = 2;
const loadable = 1;
const executable = 1;
/** A large program, as Node is, exports 80 000 names in 6 MB. */
const maxTable = 64 << 20;

/**
 * Where in a file the functions of these names begin that it exports. Reads only the tables, so that a program of
 * 100 MB takes milliseconds; a file that is no 64-bit little-endian ELF file, or is cut, exports nothing.
 *
 * @param fd of the file; stays open
 */
export function exportedFunctions(fd: number, names: readonly string[]): Map<string, number> {
  try {
    return readExports(fd, names);
  } catch (error) {
    if (error instanceof RangeError) return new Map();
    throw error;
  }
}

function readExports(fd: number, names: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  const header = read(fd, 0, headerSize);
  if (header.readUInt32LE(0) !== magic || header[4] !== 2 || header[5] !== 1) return found;
  const sections = readTable(fd, header, { at: 40, count: 60, size: sectionSize });
  const table = sections.find((section) => section.readUInt32LE(4) === sectionType.dynamicSymbols);
  const texts = table && sections[table.readUInt32LE(40)];
  if (table === undefined || texts === undefined) return found;

  const places = placesOf(contents(fd, texts), names);
  const segments = readTable(fd, header, { at: 32, count: 56, size: segmentSize });
  const symbols = contents(fd, table);
  for (let at = 0; at + symbolSize <= symbols.length; at += symbolSize) {
    const name = places.get(symbols.readUInt32LE(at));
    const isFunction = (symbols.readUInt8(at + 4) & 15) === functionType;
    if (name === undefined || !isFunction || symbols.readUInt16LE(at + 6) === 0) continue;
    const offset = fileOffset(segments, offsetAt(symbols, at + 8));
    if (offset !== undefined) found.set(name, offset);
  }
  return found;
}

/** Every place where one of the names stands, as the whole of an entry or the end of a longer one. */
function placesOf(texts: Buffer, names: readonly string[]): Map<number, string> {
  const places = new Map<number, string>();
  for (const name of names) {
    const bytes = Buffer.from(`${name}\0`, "latin1");
    for (let at = texts.indexOf(bytes); at >= 0; at = texts.indexOf(bytes, at + 1)) {
      places.set(at, name);
    }
  }
  return places;
}

function fileOffset(segments: readonly Buffer[], address: number): number | undefined {
  for (const segment of segments) {
    const isCode = (segment.readUInt32LE(4) & executable) !== 0;
    const start = offsetAt(segment, 16);
    const isInside = address >= start && address < start + offsetAt(segment, 32);
    if (segment.readUInt32LE(0) === loadable && isCode && isInside) {
      return address - start + offsetAt(segment, 8);
    }
  }
  return undefined;
}

function readTable(
  fd: number,
  header: Buffer,
  { at, count, size }: { at: number; count: number; size: number },
): Buffer[] {
  const entries = header.readUInt16LE(count);
  const bytes = read(fd, offsetAt(header, at), entries * size);
  return Array.from({ length: entries }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

function contents(fd: number, section: Buffer): Buffer {
  return read(fd, offsetAt(section, 24), offsetAt(section, 32));
}

/** @throws RangeError if the file does not have these bytes, or they are too many */
function read(fd: number, start: number, length: number): Buffer {
  if (length > maxTable || !Number.isSafeInteger(start)) throw new RangeError("too large a table");
  const bytes = Buffer.alloc(length);
  if (readSync(fd, bytes, 0, length, start) < length) throw new RangeError("a cut file");
  return bytes;
}

function offsetAt(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}
