import { type KernelStruct, withAddress } from "../native/kernel-struct.js";
import { libc } from "../native/libc.js";
import { systemCalls } from "../native/system-calls.js";

/** Commands of bpf(2), from `enum bpf_cmd` in include/uapi/linux/bpf.h. */
export const bpfCommand = {
  createMap: 0,
  lookUp: 1,
  update: 2,
  loadProgram: 5,
  pin: 6,
  openProgram: 13,
  describe: 15,
  queryPrograms: 16,
  openTracepoint: 17,
  loadBtf: 18,
  freezeMap: 22,
  createLink: 28,
  createIterator: 33,
} as const;

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
    libc().syscall(systemCalls().bpf, command, address, attributes.bytes.length),
  );
  if (result < 0) throw new KernelRefusal(what, libc().lastError());
  return result;
}
