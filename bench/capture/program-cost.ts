import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { startAgent } from "./agent-process.js";

interface KernelProgram {
  id: number;
  name: string;
  run_time_ns?: number;
  run_cnt?: number;
}

const switchFile = "/proc/sys/kernel/bpf_stats_enabled";

/** Prints what each program takes inside the kernel under a load, as the kernel itself counts it (sysctl bpf_stats). */
export async function printProgramCosts(cgroup: string, load: () => Promise<unknown>) {
  const before = readFileSync(switchFile, "latin1");
  try {
    writeFileSync(switchFile, "1");
    const others = new Set(programs().map(({ id }) => id));
    const agent = await startAgent(cgroup);
    await load();
    const own = programs().filter(({ id }) => !others.has(id));
    await agent.stop();
    console.log("Inside the kernel, each program");
    console.table(own.flatMap(costOf));
  } catch (error) {
    const { message } = error as Error;
    console.log(
      `The kernel's own counts cannot be read here (apt-get install bpftool): ${message}`,
    );
  } finally {
    writeFileSync(switchFile, before);
  }
}

function programs(): KernelProgram[] {
  return JSON.parse(execFileSync("bpftool", ["-j", "prog", "show"], { encoding: "utf8" }));
}

function costOf({ name, run_time_ns = 0, run_cnt = 0 }: KernelProgram) {
  if (run_cnt === 0) return [];
  return [{ program: name, runs: run_cnt, "ns per run": Math.round(run_time_ns / run_cnt) }];
}
