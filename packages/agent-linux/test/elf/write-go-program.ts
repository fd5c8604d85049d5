/** A program as Go's linker writes it, with no more than what says where its functions are. */
export interface GoProgram {
  functions: readonly { name: string; code: Buffer }[];
  /** Of the section that holds the table. Default: Go's own. */
  section?: string;
  /** Only a relocation says where the code is. */
  relocated?: boolean;
  machine?: number;
}

const magic = 0xffff_fff1;
const codeAddress = 0x40_1000;
const tableAddress = 0x60_0000;
/** What lies before the table in a section that it shares. */
const before = 64;

export function writeGoProgram(program: GoProgram): Buffer {
  const { functions, section = ".gopclntab", relocated = false, machine = 62 } = program;
  const table = writeTable(functions, relocated ? 0 : codeAddress);
  const relocation = numbers(tableAddress + before + 24, 8, codeAddress);
  const sections = [
    { name: "", type: 0, address: 0, data: Buffer.alloc(0) },
    { name: ".text", type: 1, address: codeAddress, data: Buffer.concat(codeOf(functions)) },
    {
      name: section,
      type: 1,
      address: tableAddress,
      data: Buffer.concat([Buffer.alloc(before), table]),
    },
    { name: ".go.buildinfo", type: 1, address: 0, data: Buffer.alloc(32) },
    { name: ".rela.dyn", type: 4, address: 0, data: relocated ? relocation : Buffer.alloc(0) },
  ];
  return writeElf(sections, machine);
}

const codeOf = (functions: GoProgram["functions"]) => functions.map(({ code }) => code);

function writeTable(functions: GoProgram["functions"], start: number): Buffer {
  const names = functions.map(({ name }) => Buffer.from(`${name}\0`));
  const texts = Buffer.concat([Buffer.from("\0"), ...names]);
  const starts = startsOf(codeOf(functions), 0);
  const nameStarts = startsOf(names, 1);
  const records = functions.map((_, index) => words(starts[index], nameStarts[index]));
  const recordStarts = startsOf(records, functions.length * 8);
  const entries = functions.map((_, index) => words(starts[index], recordStarts[index]));
  const namesEnd = 72 + texts.length;
  const header = Buffer.concat([
    words(magic, 0x0801_0000),
    numbers(functions.length, 0, start, 72, namesEnd, namesEnd, namesEnd, namesEnd),
  ]);
  return Buffer.concat([header, texts, ...entries, ...records]);
}

function writeElf(
  sections: readonly { name: string; type: number; address: number; data: Buffer }[],
  machine: number,
): Buffer {
  const names = [...sections.map(({ name }) => name), ".shstrtab"].map((name) =>
    Buffer.from(`${name}\0`),
  );
  const all = [...sections, { name: ".shstrtab", type: 3, address: 0, data: Buffer.concat(names) }];
  const bodies = all.map(({ data }) => data);
  const bodyStarts = startsOf(bodies, 64 + 56);
  const nameStarts = startsOf(names, 0);
  const headersAt = bodies.reduce((sum, { length }) => sum + length, 64 + 56);
  const headers = all.map(({ type, address, data }, index) =>
    Buffer.concat([
      words(nameStarts[index], type),
      numbers(0, address, bodyStarts[index], data.length, 0, 0, 0),
    ]),
  );
  const code = Math.max(
    0,
    all.findIndex(({ name }) => name === ".text"),
  );
  const size = all[code]?.data.length;
  const segment = [
    words(1, 5),
    numbers(bodyStarts[code], codeAddress, codeAddress, size, size, 4096),
  ];
  const header = Buffer.alloc(64);
  header.writeUInt32LE(0x464c_457f, 0);
  header.set([2, 1, 1], 4);
  header.writeUInt16LE(machine, 18);
  header.writeBigUInt64LE(64n, 32);
  header.writeBigUInt64LE(BigInt(headersAt), 40);
  header.writeUInt16LE(1, 56);
  header.writeUInt16LE(all.length, 60);
  header.writeUInt16LE(all.length - 1, 62);
  return Buffer.concat([header, ...segment, ...bodies, ...headers]);
}

/** Where each of them begins when they lie one after the other. */
function startsOf(pieces: readonly Buffer[], first: number): number[] {
  const starts: number[] = [];
  let at = first;
  for (const { length } of pieces) {
    starts.push(at);
    at += length;
  }
  return starts;
}

function words(...values: (number | undefined)[]): Buffer {
  return Buffer.concat(
    values.map((value = 0) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(value);
      return bytes;
    }),
  );
}

function numbers(...values: (number | undefined)[]): Buffer {
  return Buffer.concat(
    values.map((value = 0) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt(value));
      return bytes;
    }),
  );
}
