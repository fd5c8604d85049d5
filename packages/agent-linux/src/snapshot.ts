import { readFileSync, readlinkSync, statSync } from "node:fs";
import { cgroupsBelow } from "./cgroup/cgroup-tree.js";
import { readPids } from "./cgroup/run-cgroup.js";
import type { ExecFact } from "./decode/fact.js";
import { stepVariables } from "./translate/step.js";

const maxArgsBytes = 8_192;
const maxDepth = 32;
/** /proc counts time in ticks of 10 ms on every Linux (USER_HZ). */
const tickMs = 10;

/** What /proc says of one process; undefined if it is gone. */
export function readProcess(pid: number): ExecFact | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name, in parentheses, may itself hold spaces and parentheses (proc_pid_stat(5)).
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const start = Number(fields[19]);
    const parentPid = Number(fields[1]);
    const { args, argsCut } = readArgs(pid);
    return {
      type: "exec",
      time: start * tickMs - sleptMs(),
      process: {
        pid,
        thread: pid,
        start,
        parentPid,
        parentStart: parentPid === 0 ? 0 : readStart(parentPid),
        userId: statSync(`/proc/${pid}`).uid,
      },
      executable: readLink(`/proc/${pid}/exe`),
      directory: readLink(`/proc/${pid}/cwd`),
      args,
      argsCut,
      environment: readStepVariables(pid),
      environmentCut: false,
    };
  } catch {
    return undefined;
  }
}

/** The process that had this pid since `start`, if it still has. */
export function describeProcess(pid: number, start: number): ExecFact | undefined {
  const fact = readProcess(pid);
  return fact?.process.start === start ? fact : undefined;
}

/**
 * The processes in a cgroup and below, and all their ancestors and this process's; parents before their children.
 *
 * Of ancestors outside the cgroup only the program is told: their arguments are none of the job's.
 */
export function snapshotProcesses(cgroup: string): ExecFact[] {
  const watched = new Set(cgroupsBelow(cgroup).flatMap(pidsIn));
  const facts = new Map<number, ExecFact>();
  const add = (pid: number, depth: number) => {
    if (pid === 0 || depth > maxDepth || facts.has(pid)) return;
    const fact = readProcess(pid);
    if (fact === undefined || isKernelThread(fact)) return;
    add(fact.process.parentPid, depth + 1);
    facts.set(pid, watched.has(pid) ? fact : { ...fact, args: [], argsCut: false });
  };
  add(process.pid, 0);
  for (const pid of watched) add(pid, 0);
  return [...facts.values()];
}

/** The ancestors of this process and itself, their programs only; parents before their children. */
export function snapshotAncestors(): ExecFact[] {
  const facts: ExecFact[] = [];
  let fact = readProcess(process.pid);
  while (fact !== undefined && facts.length < maxDepth) {
    facts.unshift({ ...fact, args: [], argsCut: false });
    const { parentPid } = fact.process;
    fact = parentPid === 0 ? undefined : readProcess(parentPid);
  }
  return facts;
}

function isKernelThread({ executable, args }: ExecFact): boolean {
  return executable === "" && args.length === 0;
}

function readArgs(pid: number): { args: string[]; argsCut: boolean } {
  const bytes = readFileSync(`/proc/${pid}/cmdline`);
  const argsCut = bytes.length > maxArgsBytes;
  const text = bytes.toString("utf8", 0, maxArgsBytes).replace(/\0$/, "");
  return { args: text === "" ? [] : text.split("\0"), argsCut };
}

/** When a process was made, in clock ticks since boot. @throws Error if it is gone */
export function readStart(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
}

/** Everything else in an environment may be a secret and is not kept. */
function readStepVariables(pid: number): Map<string, string> {
  const variables = new Map<string, string>();
  try {
    for (const variable of readFileSync(`/proc/${pid}/environ`, "utf8").split("\0")) {
      const equals = variable.indexOf("=");
      const name = variable.slice(0, equals);
      if (stepVariables.has(name)) variables.set(name, variable.slice(equals + 1));
    }
  } catch {
    // Not ours to read, or gone.
  }
  return variables;
}

/** CLOCK_MONOTONIC stands still while the machine sleeps; start times do not. */
export function sleptMs(): number {
  const [uptime] = readFileSync("/proc/uptime", "latin1").split(" ");
  return Number(uptime) * 1_000 - Number(process.hrtime.bigint()) / 1e6;
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function pidsIn(cgroup: string): number[] {
  try {
    return readPids(cgroup);
  } catch {
    return [];
  }
}
