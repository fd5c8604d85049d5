import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { bundle } from "../bundle.js";

export interface WatchReport {
  calls: number;
  events: number;
  lost: number;
  /** From the call of `capture()` to `capture.started`. */
  captureMs: number;
  /** From the start of Node to `capture.started`. */
  processMs: number;
}

export interface AgentProcess {
  /** Processor time that it and its reader used so far, in milliseconds; the kernel counts in steps of 10. */
  cpuMs(): number;
  residentMegabytes(): number;
  /** Ends it once everything that happened so far has been read. */
  stop(): Promise<WatchReport>;
}

const agentPackage = fileURLToPath(new URL("../../packages/agent-linux", import.meta.url));
const bundleName = "straycall-bench";
const bundled = join(agentPackage, "node_modules/.cache", bundleName, "dist/watch.js");
const settleMs = 300;

export async function bundleAgent(): Promise<void> {
  await bundle(bundleName, {
    watch: fileURLToPath(new URL("watch.ts", import.meta.url)),
    "reader/main": join(agentPackage, "src/reader/main.ts"),
  });
}

export async function startAgent(cgroup: string): Promise<AgentProcess> {
  const child = spawn(process.execPath, [bundled, cgroup], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.on("data", (data: Buffer) => {
    printed += data.toString();
  });
  await once(child.stdout, "data");
  const processes = [child.pid, ...childrenOf(child.pid)];
  const sum = (each: (pid: number | undefined) => number) =>
    processes.map(each).reduce((total, value) => total + value, 0);
  return {
    cpuMs: () => sum(cpuMsOf),
    residentMegabytes: () => sum(residentMegabytesOf),
    async stop() {
      await sleep(settleMs);
      child.kill("SIGTERM");
      if (existsSync(`/proc/${child.pid}`)) await once(child, "close");
      return JSON.parse(printed.split("\n").at(1) ?? "");
    },
  };
}

/** The process that reads for it. */
function childrenOf(pid: number | undefined): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1");
  return children.split(" ").filter(Boolean).map(Number);
}

/** utime and stime of proc_pid_stat(5), counted in hundredths of a second. */
function cpuMsOf(pid: number | undefined): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function residentMegabytesOf(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, "latin1");
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
}
