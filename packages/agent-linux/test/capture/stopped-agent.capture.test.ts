import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, it, vi } from "vitest";
import { createRunCgroup } from "../../src/index.js";
import { packageFile } from "../../src/package-file.js";
import { requireRoot } from "./record.js";

const script = packageFile("node_modules/.watched-by-itself.mts");
const source = `
  import { createMonitor, memoryStore } from "@straycall/core";
  import { linuxAgent } from ${JSON.stringify(pathToFileURL(packageFile("src/index.ts")).href)};
  const monitor = createMonitor({ store: memoryStore() });
  const job = { platform: "local", repository: "r", workflow: "w", job: "j" };
  const run = await monitor.startRun({ job, runId: "1" });
  const stop = new AbortController();
  const agent = linuxAgent({ cgroup: process.argv[2], heartbeatMs: 200 });
  const heard = {
    name: agent.name,
    async *capture(signal) {
      for await (const event of agent.capture(signal)) {
        if (event.type === "capture.heartbeat") console.log("heartbeat");
        yield event;
      }
    },
  };
  const watching = run.watch(heard, stop.signal);
  await new Promise((resolve) => process.stdin.once("data", resolve));
  stop.abort();
  await watching;
  console.log(JSON.stringify((await run.finish()).run.coverage));
  await monitor.close();
  process.exit();`;

beforeAll(requireRoot);

/** The coverage of a run while something was done to its agent, given the agent's pid. */
async function coverageAfter(
  tamper: (pid: number) => Promise<void>,
): Promise<{ reasons: string[] }> {
  writeFileSync(script, source);
  const cgroup = createRunCgroup(`stopped-${process.pid}`);
  const tsx = import.meta.resolve("tsx");
  const args = ["--conditions=@straycall/source", "--import", tsx, script, cgroup.path];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  try {
    const lines: string[] = [];
    createInterface(child.stdout).on("line", (line) => lines.push(line));
    await vi.waitFor(() => expect(lines).toContain("heartbeat"), { timeout: 30_000 });
    await tamper(child.pid ?? 0);
    child.stdin.end("end");
    await once(child, "close");
    return JSON.parse(lines.at(-1) ?? "");
  } finally {
    child.kill("SIGKILL");
    cgroup.remove();
    rmSync(script);
  }
}

it("an agent that somebody stops for a while says for how long when it goes on", async () => {
  const { reasons } = await coverageAfter(async (pid) => {
    process.kill(pid, "SIGSTOP");
    await sleep(3_000);
    process.kill(pid, "SIGCONT");
    await sleep(500);
  });
  expect(reasons.join()).toMatch(/The capture agent linux said nothing for [3-9] s/);
}, 60_000);
