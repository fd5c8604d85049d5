import { closeSync, openSync } from "node:fs";
import { attachToCgroup } from "../../src/bpf/attach-program.js";
import { bpf, bpfCommand } from "../../src/bpf/bpf-call.js";
import { programKind } from "../../src/bpf/program-kind.js";
import { kernelStruct } from "../../src/native/kernel-struct.js";

/** Lets a program of somebody else, which allows everything, run at `connect4` of a cgroup. Gives how to end it. */
export function attachRival(cgroup: string): () => void {
  const section = "cgroup/connect4";
  const kind = programKind(section);
  if (kind === undefined) throw new Error("no such kind of program");
  // r0 = 1; exit
  const instructions = Buffer.from("b700000001000000" + "9500000000000000", "hex");
  // union bpf_attr: prog_type, insn_cnt, insns, license, prog_name, expected_attach_type
  const attributes = kernelStruct(72)
    .u32(0, kind.type)
    .u32(4, instructions.length / 8)
    .pointer(8, instructions)
    .pointer(16, Buffer.from("GPL\0"))
    .text(48, "rival", 16)
    .u32(68, kind.attachType);
  const fd = bpf(bpfCommand.loadProgram, attributes, "rival");
  const cgroupFd = openSync(cgroup, "r");
  const link = attachToCgroup({ name: "rival", fd, section, kind }, cgroupFd);
  return () => {
    for (const each of [link, cgroupFd, fd]) closeSync(each);
  };
}
