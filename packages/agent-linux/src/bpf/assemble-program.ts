import type { BpfFunction, BpfObject } from "./bpf-object.js";

/** A program as the kernel takes it: one piece of code with everything it calls, and the notes about it. */
export interface AssembledProgram {
  instructions: Buffer;
  /** `struct bpf_func_info` */
  functionInfo: Buffer;
  /** `struct bpf_core_relo` */
  relocations: Buffer;
}

const instructionSize = 8;
const callInstruction = 0x85;
/** What the second register field of an instruction says about its number. */
const pseudo = { mapFd: 1, call: 1, function: 4 };

/** Puts a program and the functions it calls behind one another, and sets maps and calls into its instructions. */
export function assembleProgram(
  object: BpfObject,
  program: BpfFunction,
  mapFds: ReadonlyMap<string, number>,
): AssembledProgram {
  const places = new Map<BpfFunction, number>();
  const pieces: Buffer[] = [];
  const calls: { at: number; target: BpfFunction }[] = [];
  let length = 0;

  const place = (callee: BpfFunction) => {
    if (places.has(callee)) return;
    const base = length;
    places.set(callee, base);
    const code = Buffer.from(callee.code);
    pieces.push(code);
    length += code.length;
    const targets: BpfFunction[] = [];
    for (const reference of callee.references) {
      const at = reference.offset - callee.start;
      if (reference.section === ".maps") {
        const fd = mapFds.get(reference.symbol.name);
        if (fd === undefined) throw new Error(`no map ${reference.symbol.name}`);
        mark(code, at, pseudo.mapFd);
        code.writeInt32LE(fd, at + 4);
        continue;
      }
      const isCall = code[at] === callInstruction;
      const number = code.readInt32LE(at + 4);
      const start = reference.symbol.value + (isCall ? (number + 1) * instructionSize : number);
      const target = object.functions.find(
        (each) => each.section === reference.section && each.start === start,
      );
      if (target === undefined)
        throw new Error(`${callee.name} refers to ${reference.symbol.name}`);
      mark(code, at, isCall ? pseudo.call : pseudo.function);
      calls.push({ at: base + at, target });
      targets.push(target);
    }
    targets.forEach(place);
  };
  place(program);

  const instructions = Buffer.concat(pieces);
  for (const { at, target } of calls) {
    const distance = ((places.get(target) ?? 0) - at) / instructionSize - 1;
    instructions.writeInt32LE(distance, at + 4);
  }
  return { instructions, ...moveNotes(places) };
}

function mark(code: Buffer, at: number, meaning: number) {
  code.writeUInt8((code.readUInt8(at + 1) & 0x0f) | (meaning << 4), at + 1);
}

function moveNotes(places: ReadonlyMap<BpfFunction, number>) {
  const functionInfo: number[] = [];
  const relocations: Buffer[] = [];
  for (const [{ start, notes }, base] of places) {
    for (const { type } of notes.functions) functionInfo.push(base / instructionSize, type);
    for (const { offset, record } of notes.relocations) {
      const moved = Buffer.from(record);
      moved.writeUInt32LE(offset - start + base, 0);
      relocations.push(moved);
    }
  }
  return {
    functionInfo: Buffer.from(Uint32Array.from(functionInfo).buffer),
    relocations: Buffer.concat(relocations),
  };
}
