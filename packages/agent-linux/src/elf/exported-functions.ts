import { sectionType } from "./elf-file.js";
import { bytesOfFile, type ElfTables, readElfTables } from "./elf-tables.js";

const symbolSize = 24;
const functionType = 2;

/**
 * Where in a file the functions of these names begin that it exports. Reads only the tables, so that a program of
 * 100 MB takes milliseconds; a file that is no 64-bit little-endian ELF file, or is cut, exports nothing.
 *
 * @param fd of the file; stays open
 */
export function exportedFunctions(fd: number, names: readonly string[]): Map<string, number> {
  try {
    const file = readElfTables(bytesOfFile(fd));
    return file === undefined ? new Map() : readExports(file, names);
  } catch (error) {
    if (error instanceof RangeError) return new Map();
    throw error;
  }
}

function readExports(file: ElfTables, names: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  const table = file.sections.find(({ type }) => type === sectionType.dynamicSymbols);
  const texts = table && file.sections[table.link];
  if (table === undefined || texts === undefined) return found;

  const places = placesOf(file.contents(texts), names);
  const symbols = file.contents(table);
  for (let at = 0; at + symbolSize <= symbols.length; at += symbolSize) {
    const name = places.get(symbols.readUInt32LE(at));
    const isFunction = (symbols.readUInt8(at + 4) & 15) === functionType;
    if (name === undefined || !isFunction || symbols.readUInt16LE(at + 6) === 0) continue;
    const offset = file.codeOffset(Number(symbols.readBigUInt64LE(at + 8)));
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
