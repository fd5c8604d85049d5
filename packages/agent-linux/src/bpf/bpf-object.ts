import { type Btf, btfKind, btfTypeHeader, readBtf } from "../btf/btf.js";
import { type InstructionNotes, readBtfExt } from "../btf/btf-ext.js";
import { type ElfFile, type ElfSymbol, readElf, sectionType } from "../elf/elf-file.js";
import { type MapDefinition, readMapDefinitions } from "./map-definition.js";

/** A compiled object: functions, maps and their types, as clang wrote them. */
export interface BpfObject {
  readonly btf: Btf;
  readonly maps: readonly MapDefinition[];
  readonly functions: readonly BpfFunction[];
  /** `Dual BSD/GPL` */
  readonly license: string;
}

export interface BpfFunction {
  name: string;
  section: string;
  /** First byte of it in its section. */
  start: number;
  code: Buffer;
  /** What its instructions refer to by name, or by place in another section; by byte offset in the section. */
  references: { offset: number; symbol: ElfSymbol; section: string }[];
  notes: InstructionNotes;
}

export function readBpfObject(bytes: Buffer): BpfObject {
  const elf = readElf(bytes);
  const sectionNamed = (name: string) => {
    const section = elf.sections.find((each) => each.name === name);
    if (section === undefined) throw new Error(`the BPF object has no section ${name}`);
    return section;
  };
  const symbols = elf.sections
    .filter(({ type }) => type === sectionType.symbols)
    .flatMap((table) => elf.symbols(table));
  const btf = readBtf(
    completeDataSections(elf, symbols, Buffer.from(elf.contents(sectionNamed(".BTF")))),
  );
  const notes = readBtfExt(elf.contents(sectionNamed(".BTF.ext")), btf);
  const license = elf.contents(sectionNamed("license")).toString("latin1").replace(/\0.*/s, "");
  return {
    btf,
    maps: readMapDefinitions(btf),
    functions: readFunctions(elf, symbols, notes),
    license,
  };
}

function readFunctions(
  elf: ElfFile,
  symbols: readonly ElfSymbol[],
  notes: ReadonlyMap<string, InstructionNotes>,
): BpfFunction[] {
  const nameOf = (index: number) => elf.sections[index]?.name ?? "";
  return symbols
    .filter(({ isFunction }) => isFunction)
    .flatMap(({ name, section: index, value: start, size }) => {
      const section = elf.sections[index];
      if (section === undefined) return [];
      const end = start + size;
      const isInside = ({ offset }: { offset: number }) => offset >= start && offset < end;
      const references = elf.sections
        .filter(({ type, info }) => type === sectionType.relocations && info === index)
        .flatMap((table) => elf.relocations(table))
        .filter(isInside)
        .flatMap(({ offset, symbol: number }) => {
          const symbol = symbols[number];
          return symbol ? [{ offset, symbol, section: nameOf(symbol.section) }] : [];
        });
      const sectionNotes = notes.get(section.name) ?? { functions: [], relocations: [] };
      return [
        {
          name,
          section: section.name,
          start,
          code: elf.contents(section).subarray(start, end),
          references,
          notes: {
            functions: sectionNotes.functions.filter(({ offset }) => offset === start),
            relocations: sectionNotes.relocations.filter(isInside),
          },
        },
      ];
    });
}

/** Fills in sizes and offsets of data sections, which the compiler leaves to the linker and the kernel insists on. */
function completeDataSections(elf: ElfFile, symbols: readonly ElfSymbol[], bytes: Buffer): Buffer {
  const btf = readBtf(bytes);
  for (const type of btf.types) {
    if (type.kind !== btfKind.dataSection) continue;
    const section = elf.sections.find(({ name }) => name === btf.text(type.nameOffset));
    if (section === undefined) continue;
    bytes.writeUInt32LE(section.size, type.offset + 8);
    for (let index = 0; index < type.count; index++) {
      const at = type.offset + btfTypeHeader + index * 12;
      const variable = btf.type(bytes.readUInt32LE(at));
      const symbol = symbols.find(({ name }) => name === btf.text(variable.nameOffset));
      if (symbol) bytes.writeUInt32LE(symbol.value, at + 4);
    }
  }
  return bytes;
}
