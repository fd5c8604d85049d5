import type { Btf } from "./btf.js";

/** What the compiler noted about the instructions of one section. */
export interface InstructionNotes {
  /** Which function type begins at which byte. */
  functions: { offset: number; type: number }[];
  /** Places that the kernel adapts to its own structures: `struct bpf_core_relo` as it stands, by byte offset. */
  relocations: { offset: number; record: Buffer }[];
}

/** Reads `.BTF.ext` (https://docs.kernel.org/bpf/btf.html#btf-ext-section); by section name. */
export function readBtfExt(bytes: Buffer, btf: Btf): Map<string, InstructionNotes> {
  const headerSize = bytes.readUInt32LE(4);
  const notes = new Map<string, InstructionNotes>();
  const notesOf = (section: string) => {
    const known = notes.get(section) ?? { functions: [], relocations: [] };
    notes.set(section, known);
    return known;
  };

  const eachRecord = (at: number, visit: (section: string, record: Buffer) => void) => {
    const start = headerSize + bytes.readUInt32LE(at);
    const end = start + bytes.readUInt32LE(at + 4);
    if (start === end) return;
    const recordSize = bytes.readUInt32LE(start);
    for (let offset = start + 4; offset < end; ) {
      const section = btf.text(bytes.readUInt32LE(offset));
      const count = bytes.readUInt32LE(offset + 4);
      offset += 8;
      for (let index = 0; index < count; index++, offset += recordSize) {
        visit(section, bytes.subarray(offset, offset + recordSize));
      }
    }
  };

  const functionsAt = 8;
  const relocationsAt = 24;
  eachRecord(functionsAt, (section, record) => {
    const [offset, type] = [record.readUInt32LE(0), record.readUInt32LE(4)];
    notesOf(section).functions.push({ offset, type });
  });
  eachRecord(relocationsAt, (section, record) => {
    notesOf(section).relocations.push({ offset: record.readUInt32LE(0), record });
  });
  return notes;
}
