/**
 * What capture costs: what it adds to calls and processes, beside other observers; what the agent itself takes; how
 * much it keeps up with. As root, on loopback only. Needs a C compiler; for the peers:
 *
 *   apt-get install strace auditd bpftrace bpftool
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRunCgroup } from "@straycall/agent-linux";
import { printAddedTime } from "./capture/added-time.js";
import { printAgentCost, printStartTime, printSustainedRate } from "./capture/agent-cost.js";
import { bundleAgent } from "./capture/agent-process.js";
import { compileLoad } from "./capture/load.js";
import { printProgramCosts } from "./capture/program-cost.js";

export default async function captureBench() {
  if (process.getuid?.() !== 0) {
    console.log("Skipped: loading programs into the kernel needs root.");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "straycall-bench-"));
  const { path: cgroup, remove } = createRunCgroup(`bench-${process.pid}`);
  const load = await compileLoad(folder);
  try {
    await bundleAgent();
    await printStartTime(cgroup);
    await printAddedTime(load, cgroup, folder);
    await printAgentCost(load, cgroup);
    await printSustainedRate(load, cgroup);
    await printProgramCosts(cgroup, async () => {
      await load.run(cgroup, [], ["connects", 5_000, load.port]);
      await load.run(cgroup, [], ["spawns", 500]);
      await load.run(cgroup, [], ["burst", 20_000, 5_000]);
    });
  } finally {
    load.stop();
    remove();
    rmSync(folder, { recursive: true });
  }
}
