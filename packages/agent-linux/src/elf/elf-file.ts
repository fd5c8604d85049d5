/** A 64-bit little-endian ELF file (System V ABI, chapter 4). */
export interface ElfFile {
  readonly sections: readonly ElfSection[];
  /** The parts that are loaded and executed. */
  readonly code: readonly ElfSegment[];
  contents(section: ElfSection): Buffer;
  symbols(section: ElfSection): ElfSymbol[];
  relocations(section: ElfSection): ElfRelocation[];
}

export interface ElfSection {
  index: number;
  name: string;
  type: number;
  offset: number;
  size: number;
  /** Another section that belongs to it. */
  link: number;
  info: number;
}

export interface ElfSegment {
  offset: number;
  address: number;
  size: number;
}

export interface ElfSymbol {
  name: string;
  isFunction: boolean;
  /** Index of the section it is in; 0 if it is in none. */
  section: number;
  value: number;
  size: number;
}

export interface ElfRelocation {
  offset: number;
  /** Index into the symbols. */
  symbol: number;
}

export const sectionType = {
  symbols: 2,
  relocationsWithAddends: 4,
  relocations: 9,
  dynamicSymbols: 11,
} as const;

const magic = 0x464c457f;
const sectionSize = 64;
const segmentSize = 56;
const symbolSize = 24;
const relocationSize = 16;
const loadable = 1;
const executable = 1;
const functionType = 2;

/** @throws RangeError or Error if the bytes are no such file, or end too early. */
export function readElf(bytes: Buffer): ElfFile {
  if (bytes.readUInt32LE(0) !== magic || bytes[4] !== 2 || bytes[5] !== 1) {
    throw new Error("not a 64-bit little-endian ELF file");
  }
  const sections = readSections(bytes);
  const contents = ({ offset, size }: ElfSection) => {
    if (offset + size > bytes.length) throw new RangeError("a section lies outside the file");
    return bytes.subarray(offset, offset + size);
  };
  return {
    sections,
    code: readCodeSegments(bytes),
    contents,
    symbols(section) {
      const names = sections[section.link];
      if (names === undefined) throw new Error("a symbol table without names");
      return readSymbols(contents(section), contents(names));
    },
    relocations: (section) => readRelocations(contents(section)),
  };
}

function readSections(bytes: Buffer): ElfSection[] {
  const start = readOffset(bytes, 40);
  const count = bytes.readUInt16LE(60);
  const sections: (ElfSection & { nameOffset: number })[] = [];
  for (let index = 0; index < count; index++) {
    const at = start + index * sectionSize;
    sections.push({
      index,
      name: "",
      nameOffset: bytes.readUInt32LE(at),
      type: bytes.readUInt32LE(at + 4),
      offset: readOffset(bytes, at + 24),
      size: readOffset(bytes, at + 32),
      link: bytes.readUInt32LE(at + 40),
      info: bytes.readUInt32LE(at + 44),
    });
  }
  const names = sections[bytes.readUInt16LE(62)];
  return sections.map(({ nameOffset, ...section }) => ({
    ...section,
    name: names ? readName(bytes, names.offset + nameOffset) : "",
  }));
}

function readCodeSegments(bytes: Buffer): ElfSegment[] {
  const start = readOffset(bytes, 32);
  const count = bytes.readUInt16LE(56);
  const segments: ElfSegment[] = [];
  for (let at = start; at < start + count * segmentSize; at += segmentSize) {
    const isCode = (bytes.readUInt32LE(at + 4) & executable) !== 0;
    if (bytes.readUInt32LE(at) !== loadable || !isCode) continue;
    segments.push({
      offset: readOffset(bytes, at + 8),
      address: readOffset(bytes, at + 16),
      size: readOffset(bytes, at + 32),
    });
  }
  return segments;
}

function readSymbols(table: Buffer, names: Buffer): ElfSymbol[] {
  const symbols: ElfSymbol[] = [];
  for (let at = 0; at + symbolSize <= table.length; at += symbolSize) {
    symbols.push({
      name: readName(names, table.readUInt32LE(at)),
      isFunction: (table.readUInt8(at + 4) & 15) === functionType,
      section: table.readUInt16LE(at + 6),
      value: readOffset(table, at + 8),
      size: readOffset(table, at + 16),
    });
  }
  return symbols;
}

function readRelocations(table: Buffer): ElfRelocation[] {
  const relocations: ElfRelocation[] = [];
  for (let at = 0; at + relocationSize <= table.length; at += relocationSize) {
    relocations.push({ offset: readOffset(table, at), symbol: table.readUInt32LE(at + 12) });
  }
  return relocations;
}

function readOffset(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}

function readName(bytes: Buffer, start: number): string {
  const end = bytes.indexOf(0, start);
  return bytes.toString("latin1", start, end < 0 ? bytes.length : end);
}
