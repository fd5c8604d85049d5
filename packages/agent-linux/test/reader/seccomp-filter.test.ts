import { describe, expect, it } from "vitest";
import { seccompFilter } from "../../src/reader/seccomp-filter.js";

const auditNumber = { x64: 0xc000_003e, arm64: 0xc000_00b7 } as const;
const allow = 0x7fff_0000;
const refuse = 0x0005_0001;
const kill = 0x8000_0000;

/** Runs the program as the kernel does: seccomp_data begins with the call's number and the processor's. */
function answerTo(filter: Buffer, call: number, audit: number): number {
  let loaded = 0;
  for (let at = 0; at < filter.length; at += 8) {
    const operand = filter.readUInt32LE(at + 4);
    const code = filter.readUInt16LE(at);
    if (code === 0x06) return operand;
    if (code === 0x20) loaded = operand === 0 ? call : audit;
    else at += 8 * filter.readUInt8(at + (loaded === operand ? 2 : 3));
  }
  throw new Error("the filter has no answer");
}

describe.each([
  { arch: "x64", open: 257, socket: 41, execve: 59, ioUring: 426, read: 0, exit: 231 },
  { arch: "arm64", open: 56, socket: 198, execve: 221, ioUring: 426, read: 63, exit: 94 },
] as const)("the filter for $arch", ({ arch, read, exit, ...refused }) => {
  const filter = seccompFilter(arch);

  it("lets reading and the end of the process through", () => {
    for (const call of [read, exit]) {
      expect(answerTo(filter, call, auditNumber[arch])).toBe(allow);
    }
  });

  it("refuses files, sockets, programs and a ring that would get past it", () => {
    for (const call of Object.values(refused)) {
      expect(answerTo(filter, call, auditNumber[arch])).toBe(refuse);
    }
  });

  it("refuses the same numbers of another calling convention", () => {
    const x32 = 0x4000_0000;
    expect(answerTo(filter, read + x32, auditNumber[arch])).toBe(refuse);
    expect(answerTo(filter, read, 0x4000_0003)).toBe(kill);
  });
});

it("there is no filter for other processors", () => {
  expect(() => seccompFilter("riscv64")).toThrow("riscv64");
});
