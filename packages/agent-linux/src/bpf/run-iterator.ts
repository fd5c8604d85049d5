import { closeSync, readSync } from "node:fs";
import { kernelStruct } from "../native/kernel-struct.js";
import { bpf, bpfCommand } from "./bpf-call.js";
import type { LoadedProgram } from "./load-object.js";

/**
 * Lets a program go through all that there is of what it is made for, once
 * (https://docs.kernel.org/bpf/bpf_iterators.html), and gives the link, a file descriptor.
 *
 * @throws KernelRefusal; Error if the iteration broke off
 */
export function runIterator({ name, fd, kind }: LoadedProgram): number {
  const attributes = kernelStruct(32).u32(0, fd).u32(8, kind.attachType);
  const link = bpf(bpfCommand.createLink, attributes, `attaching ${name}`);
  try {
    const iterator = bpf(
      bpfCommand.createIterator,
      kernelStruct(8).u32(0, link),
      `running ${name}`,
    );
    try {
      // The program writes nothing here: what it found is in the ring. Reading makes it go on, up to the end.
      const nothing = Buffer.alloc(8);
      while (readSync(iterator, nothing) > 0);
    } finally {
      closeSync(iterator);
    }
  } catch (error) {
    closeSync(link);
    throw error;
  }
  return link;
}
