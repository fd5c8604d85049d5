import { readFileSync } from "node:fs";
import { kernelStruct } from "../native/kernel-struct.js";
import { bpf, bpfCommand } from "./bpf-call.js";

/** @throws KernelRefusal */
export function writeEntry(mapFd: number, key: Buffer, value: Buffer, what: string): void {
  // union bpf_attr: map_fd, key, value, flags
  const attributes = kernelStruct(32).u32(0, mapFd).pointer(8, key).pointer(16, value);
  bpf(bpfCommand.update, attributes, what);
}

/** Writes the entry of a map of one. @throws KernelRefusal */
export function writeOnlyEntry(mapFd: number, value: Buffer, what: string): void {
  writeEntry(mapFd, Buffer.alloc(4), value, what);
}

/** Lets nobody change a map by bpf(2) any more, root included; the programs still can. @throws KernelRefusal */
export function freezeMap(mapFd: number, name: string): void {
  bpf(bpfCommand.freezeMap, kernelStruct(4).u32(0, mapFd), `freezing the map ${name}`);
}

/** Adds up the counters that every CPU keeps for itself in a map of one entry. @throws KernelRefusal */
export function readCounters(mapFd: number, count: number): number[] {
  const cpus = possibleCpus();
  const values = Buffer.alloc(8 * count * cpus);
  const attributes = kernelStruct(32).u32(0, mapFd).pointer(8, Buffer.alloc(4)).pointer(16, values);
  bpf(bpfCommand.lookUp, attributes, "reading counters");
  return Array.from({ length: count }, (_, index) => {
    let sum = 0;
    for (let cpu = 0; cpu < cpus; cpu++) {
      sum += Number(values.readBigUInt64LE(8 * (cpu * count + index)));
    }
    return sum;
  });
}

/** How often a program did not run because another already ran on the same CPU. @throws KernelRefusal */
export function readMisses(programFd: number): number {
  // struct bpf_prog_info: recursion_misses
  const info = Buffer.alloc(216);
  const attributes = kernelStruct(16).u32(0, programFd).u32(4, info.length).pointer(8, info);
  bpf(bpfCommand.describe, attributes, "reading a program's counters");
  return Number(info.readBigUInt64LE(208));
}

/** `0-3,8` is nine: per-CPU values have room for every number up to the last. */
function possibleCpus(): number {
  const ranges = readFileSync("/sys/devices/system/cpu/possible", "latin1").trim().split(",");
  const last = ranges.at(-1)?.split("-").at(-1);
  return Number(last) + 1;
}
