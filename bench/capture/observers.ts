import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startAgent } from "./agent-process.js";

/** Something that watches calls and processes, to compare the agent with. */
export interface Observer {
  name: string;
  /** The Debian package it comes in. */
  debianPackage?: string;
  /** Starts it; `folder` is a place for its files. @throws Error if this machine cannot run it */
  start(cgroup: string, folder: string): Promise<Watching>;
}

export interface Watching {
  /** What the load has to be started behind, if it does not look from outside. */
  behind: readonly string[];
  stop(): Promise<unknown>;
}

const fromInside = (behind: readonly string[]) => async (): Promise<Watching> => ({
  behind,
  stop: async () => {},
});

export const observers: readonly Observer[] = [
  { name: "nothing", start: fromInside([]) },
  {
    name: "straycall",
    async start(cgroup) {
      const { stop } = await startAgent(cgroup);
      return { behind: [], stop };
    },
  },
  { name: "bpftrace", debianPackage: "bpftrace", start: startBpftrace },
  { name: "auditd", debianPackage: "auditd", start: startAuditd },
  {
    name: "strace -f",
    debianPackage: "strace",
    start: fromInside(["strace", "-f", "-qq", "-e", "trace=network", "-o", "/dev/null"]),
  },
];

/** Prints one line per connect and per exec, in a mount namespace that has tracefs. */
async function startBpftrace(): Promise<Watching> {
  const script = `
    BEGIN { printf("ready\\n"); }
    tracepoint:syscalls:sys_exit_connect { printf("%d %s %d\\n", pid, comm, args->ret); }
    tracepoint:sched:sched_process_exec { printf("%d %s\\n", pid, comm); }`;
  const mount = 'mount -t tracefs tracefs /sys/kernel/tracing && exec bpftrace -e "$0"';
  const child = spawn("unshare", ["-m", "/bin/sh", "-c", mount, script], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await said(child, "ready");
  child.stdout?.resume();
  return { behind: [], stop: () => ended(child) };
}

/** Rules for connect and execve; the kernel can filter by no cgroup, so they hold for the whole machine. */
async function startAuditd(_cgroup: string, folder: string): Promise<Watching> {
  const audit = (...options: string[]) =>
    execFileSync("auditctl", options, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  if (!/^enabled 0$/m.test(audit("-s"))) throw new Error("auditing is already in use here");
  const settings = mkdtempSync(join(folder, "audit-"));
  writeFileSync(join(settings, "auditd.conf"), auditSettings(settings), { mode: 0o640 });
  const child = spawn("auditd", ["-n", "-c", settings], { stdio: "ignore" });
  const stop = async () => {
    audit("-D");
    audit("-e", "0");
    await ended(child);
  };
  await sleep(1_000);
  if (child.exitCode !== null) throw new Error("auditd does not start here");
  try {
    audit("-b", "8192");
    audit("-e", "1");
    audit("-a", "always,exit", "-F", "arch=b64", "-S", "connect", "-S", "execve");
  } catch (error) {
    await stop();
    throw error;
  }
  return { behind: [], stop };
}

/** Debian's own settings, but for the place of the log. */
function auditSettings(folder: string): string {
  const usual = readFileSync("/etc/audit/auditd.conf", "utf8");
  return usual.replace(/^log_file = .*$/m, `log_file = ${join(folder, "audit.log")}`);
}

/** @throws Error if it ends before */
async function said(child: ChildProcess, word: string) {
  let printed = "";
  await new Promise<void>((resolve, reject) => {
    child.on("close", () => reject(new Error(`${child.spawnfile} does not start here`)));
    child.stdout?.on("data", (data: Buffer) => {
      printed = (printed + data.toString()).slice(-1_000);
      if (printed.includes(word)) resolve();
    });
  });
}

async function ended(child: ChildProcess) {
  if (child.exitCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "close");
}
