import { type ElfFile, sectionType } from "./elf-file.js";

/** Where in its file a function that a library exports begins; a uprobe is set there. */
export function functionOffset(file: ElfFile, name: string): number | undefined {
  const table = file.sections.find(({ type }) => type === sectionType.dynamicSymbols);
  if (table === undefined) return undefined;
  const symbol = file
    .symbols(table)
    .find((candidate) => candidate.isFunction && candidate.section > 0 && candidate.name === name);
  if (symbol === undefined) return undefined;
  const segment = file.code.find(
    ({ address, size }) => symbol.value >= address && symbol.value < address + size,
  );
  return segment && symbol.value - segment.address + segment.offset;
}
