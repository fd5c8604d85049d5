import { readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { linuxAgent } from "@straycall/agent-linux";
import { bpf, bpfCommand } from "../../packages/agent-linux/src/bpf/bpf-call.js";
import { kernelStruct } from "../../packages/agent-linux/src/native/kernel-struct.js";

export interface ProgramCost {
  program: string;
  runs: number;
  nanosecondsPerRun: number;
}

const switchFile = "/proc/sys/kernel/bpf_stats_enabled";

/**
 * What each program takes inside the kernel, as the kernel itself counts it (kernel.bpf_stats_enabled), under a load.
 *
 * @throws Error if this machine does not let the counting be switched on
 */
export async function programCosts(cgroup: string, load: () => Promise<unknown>) {
  const before = readFileSync(switchFile, "latin1");
  writeFileSync(switchFile, "1");
  const stop = new AbortController();
  try {
    let costs: ProgramCost[] = [];
    for await (const event of linuxAgent({ cgroup }).capture(stop.signal)) {
      if (event.type !== "capture.started") continue;
      load().finally(() => {
        costs = ownPrograms();
        stop.abort();
      });
    }
    return costs;
  } finally {
    writeFileSync(switchFile, before);
  }
}

/** The programs that this process has loaded. */
function ownPrograms(): ProgramCost[] {
  const own = readdirSync("/proc/self/fd").filter(isProgram).map(Number);
  return own.map(describe).filter(({ runs }) => runs > 0);
}

function isProgram(fd: string): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`) === "anon_inode:bpf-prog";
  } catch {
    return false;
  }
}

function describe(fd: number): ProgramCost {
  // struct bpf_prog_info: name at 64, run_time_ns at 192, run_cnt at 200
  const info = Buffer.alloc(208);
  // union bpf_attr: bpf_fd, info_len, info
  const attributes = kernelStruct(16).u32(0, fd).u32(4, info.length).pointer(8, info);
  bpf(bpfCommand.describe, attributes, "reading what a program took");
  const runs = Number(info.readBigUInt64LE(200));
  return {
    program: info.toString("latin1", 64, 80).replace(/\0.*$/s, ""),
    runs,
    nanosecondsPerRun: Math.round(Number(info.readBigUInt64LE(192)) / Math.max(1, runs)),
  };
}
