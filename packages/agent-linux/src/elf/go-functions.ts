import { sectionType } from "./elf-file.js";
import { type ByteReader, type ElfTables, readElfTables } from "./elf-tables.js";
import { goTablePlaces, readGoFunctions, startField } from "./go-function-table.js";
import { stackCheckSize } from "./go-stack-check.js";

/**
 * Where in a Go program the functions of these names begin their work: behind the check of the stack, so that each call
 * comes by there once. Nothing in other files, in programs built with Go 1.17 or older, and in files that are cut.
 *
 * @throws Error if a function begins in no known way
 */
export function goFunctions(bytes: ByteReader, names: readonly string[]): Map<string, number> {
  try {
    const file = readElfTables(bytes);
    return file === undefined ? new Map() : findFunctions(file, names);
  } catch (error) {
    if (error instanceof RangeError) return new Map();
    throw error;
  }
}

/** Go's linker gives the table a section, of another name in position-independent programs; other linkers do not. */
const tableNames = [".gopclntab", ".data.rel.ro.gopclntab", ".data.rel.ro", ".rodata"];
const buildInfo = ".go.buildinfo";
const longestCheck = 24;

function findFunctions(file: ElfTables, names: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  if (!file.sections.some(({ name }) => name === buildInfo)) return found;
  for (const { address, data } of tablesOf(file)) {
    const { start, offsets } = readGoFunctions(data, names);
    const base = start || relocated(file, address + startField) || 0;
    for (const [name, offset] of offsets) {
      const place = file.codeOffset(base + offset);
      const check = place && stackCheckSize(file.bytes(place, longestCheck), file.machine);
      if (place === undefined || check === undefined) throw new Error(`${name} begins unlike Go`);
      found.set(name, place + check);
    }
    if (found.size > 0) return found;
  }
  return found;
}

function* tablesOf(file: ElfTables): Generator<{ address: number; data: Buffer }> {
  for (const name of tableNames) {
    const section = file.sections.find((each) => each.name === name);
    if (section === undefined) continue;
    const contents = file.contents(section);
    for (const place of goTablePlaces(contents)) {
      yield { address: section.address + place, data: contents.subarray(place) };
    }
  }
}

const relocationSize = 24;

/** What the loader will add to where it puts the program, and write to an address. */
function relocated(file: ElfTables, address: number): number | undefined {
  for (const section of file.sections) {
    if (section.type !== sectionType.relocationsWithAddends) continue;
    const entries = file.contents(section);
    const wanted = BigInt(address);
    for (let at = 0; at + relocationSize <= entries.length; at += relocationSize) {
      if (entries.readBigUInt64LE(at) === wanted) return Number(entries.readBigUInt64LE(at + 16));
    }
  }
  return undefined;
}
