import { closeSync } from "node:fs";
import { kernelStruct } from "../native/kernel-struct.js";
import { bpf, bpfCommand, KernelRefusal } from "./bpf-call.js";

/** What a link holds together. */
export interface DescribedLink {
  /** Number of the program. */
  program: number;
  /** Number of the cgroup, 0 once it is detached; means nothing for a link to something else. */
  cgroup: bigint;
}

export interface DescribedProgram {
  id: number;
  /** Of its instructions: two programs with one tag do the same. */
  tag: string;
  name: string;
}

const effective = 1;
const maxPrograms = 64;

/** @throws KernelRefusal */
export function describeLink(linkFd: number): DescribedLink {
  // struct bpf_link_info: type, id, prog_id, cgroup.cgroup_id
  const info = describe(linkFd, 32, "describing a link");
  return { program: info.readUInt32LE(8), cgroup: info.readBigUInt64LE(16) };
}

/** @throws KernelRefusal */
export function describeProgram(programFd: number): DescribedProgram {
  // struct bpf_prog_info: type, id, tag, .., name
  const info = describe(programFd, 80, "describing a program");
  return {
    id: info.readUInt32LE(4),
    tag: info.toString("hex", 8, 16),
    name: info.toString("latin1", 64, 79).replace(/\0.*$/s, ""),
  };
}

export const programId = (programFd: number) => describeProgram(programFd).id;

/** The program of this number; `undefined` if it is gone. */
export function findProgram(id: number): DescribedProgram | undefined {
  try {
    const fd = bpf(bpfCommand.openProgram, kernelStruct(12).u32(0, id), "opening a program");
    try {
      return describeProgram(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (error instanceof KernelRefusal) return undefined;
    throw error;
  }
}

/**
 * The numbers of the programs that run at a place of a cgroup, in the order that they do: its own, then those of the
 * cgroups above.
 *
 * @throws KernelRefusal
 */
export function programsOfCgroup(cgroupFd: number, attachType: number): number[] {
  const ids = Buffer.alloc(4 * maxPrograms);
  // union bpf_attr: target_fd, attach_type, query_flags, attach_flags, prog_ids, prog_cnt
  const query = kernelStruct(32)
    .u32(0, cgroupFd)
    .u32(4, attachType)
    .u32(8, effective)
    .pointer(16, ids)
    .u32(24, maxPrograms);
  bpf(bpfCommand.queryPrograms, query, "asking for the programs of a cgroup");
  const count = Math.min(query.bytes.readUInt32LE(24), maxPrograms);
  return Array.from({ length: count }, (_, place) => ids.readUInt32LE(4 * place));
}

function describe(fd: number, size: number, what: string): Buffer {
  const info = Buffer.alloc(size);
  const attributes = kernelStruct(16).u32(0, fd).u32(4, size).pointer(8, info);
  bpf(bpfCommand.describe, attributes, what);
  return info;
}
