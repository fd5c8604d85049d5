import { type KernelStruct, withAddress } from "../native/kernel-struct.js";
import { libc } from "../native/libc.js";

/** Commands of bpf(2), from `enum bpf_cmd` in include/uapi/linux/bpf.h. */
export const bpfCommand = {
  createMap: 0,
  lookUp: 1,
  update: 2,
  loadProgram: 5,
  pin: 6,
  describe: 15,
  openTracepoint: 17,
  loadBtf: 18,
  createLink: 28,
  createIterator: 33,
} as const;

const systemCalls = {
  x64: { bpf: 321, perfEventOpen: 298 },
  arm64: { bpf: 280, perfEventOpen: 241 },
};

/** Numbers of the system calls on this machine. @throws Error where there is no program for it anyway. */
export function systemCallNumbers(): { bpf: number; perfEventOpen: number } {
  if (process.arch === "x64" || process.arch === "arm64") return systemCalls[process.arch];
  throw new Error(`unsupported processor: ${process.arch}`);
}

/** What the kernel refused, and why. */
export class KernelRefusal extends Error {
  constructor(
    what: string,
    readonly reason: string,
    readonly log = "",
  ) {
    super(`${what}: ${reason}${log && `\n${log}`}`);
    this.name = "KernelRefusal";
  }
}

/** Calls bpf(2) and gives back what it returned. @throws KernelRefusal */
export function bpf(command: number, attributes: KernelStruct, what: string): number {
  const result = withAddress(attributes, (address) =>
    libc().syscall(systemCallNumbers().bpf, command, address, attributes.bytes.length),
  );
  if (result < 0) throw new KernelRefusal(what, libc().lastError());
  return result;
}
