import { machine } from "./elf-tables.js";

/**
 * How many bytes of a Go function, from its beginning, see to it that the stack is large enough. Where it is not, Go
 * makes it larger and begins the function anew: what is to happen once for each call must come after them.
 *
 * @returns undefined if the code begins in no known way
 */
export function stackCheckSize(code: Buffer, processor: number): number | undefined {
  if (processor === machine.x64) return sizeOnX64(code);
  return processor === machine.arm64 ? sizeOnArm64(code) : undefined;
}

/** `cmp 16(%r14), %rsp`, or the same for what is left below: `lea -n(%rsp), %r12; cmp 16(%r14), %r12`. */
const x64Checks = ["493b6610", "4c8d6424..4d3b6610", "4c8da424........4d3b6610"];
/** `jbe`, short or near. */
const x64Check = new RegExp(`^(?:${x64Checks.join("|")})(?:76..|0f86........)`);

function sizeOnX64(code: Buffer): number | undefined {
  const check = x64Check.exec(code.toString("hex", 0, 24))?.[0];
  return check === undefined ? undefined : check.length / 2;
}

const arm64Instruction = 4;
/** Between the two: `mov` or `sub` and `cmp`. */
const arm64MostBetween = 4;
/** `ldr x16, [x28, #16]` */
const loadsLimit = 0xf940_0b90;

function sizeOnArm64(code: Buffer): number | undefined {
  if (code.length < arm64Instruction || code.readUInt32LE(0) !== loadsLimit) return undefined;
  for (let index = 1; index <= arm64MostBetween + 1; index++) {
    const end = (index + 1) * arm64Instruction;
    if (end > code.length) return undefined;
    // b.ls
    const isBranch =
      (code.readUInt32LE(end - arm64Instruction) & 0xff00_001f) >>> 0 === 0x5400_0009;
    if (isBranch) return end;
  }
  return undefined;
}
