import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { cgroupsBelow } from "../cgroup/cgroup-tree.js";
import { cgroupMount } from "../cgroup/mount.js";
import { readPids } from "../cgroup/run-cgroup.js";
import type { Look } from "./look.js";

/** Of one look; more are counted. */
const maxNamed = 8;

/**
 * Finds processes that were in the cgroup at the last look and live on outside. It takes root to leave, and what does
 * so before anybody looks is not found.
 */
export function memberWatch(cgroup: string): Look {
  const mount = cgroupMount() ?? "/";
  const path = `/${relative(mount, cgroup)}`;
  // Nothing is outside of the whole machine.
  if (path === "/") return () => [];
  /** When each began, in ticks since the machine did: pids come again. */
  let members = new Map<number, string>();

  return (since) => {
    const inside = new Map<number, string>();
    for (const pid of pidsBelow(cgroup)) {
      const begin = members.get(pid) ?? processState(pid)?.begin;
      // The agent itself goes in for a moment to start the command.
      if (begin !== undefined && pid !== process.pid) inside.set(pid, begin);
    }
    const left = [...members].filter(([pid, begin]) => !inside.has(pid) && lives(pid, begin, path));
    members = inside;
    if (left.length === 0) return [];
    const pids = left.slice(0, maxNamed).map(([pid]) => pid);
    const more = left.length > maxNamed ? ` and ${left.length - maxNamed} more` : "";
    const who = left.length === 1 ? "process" : "processes";
    return [
      `Somebody moved the ${who} ${pids.join(", ")}${more} out of the watched cgroup, after ${since}: not watched any more.`,
    ];
  };
}

/** Whether it is still the same process, alive, and outside of the cgroup. */
function lives(pid: number, begin: string, path: string): boolean {
  const state = processState(pid);
  if (state?.begin !== begin || state.isDead) return false;
  const now = cgroupOf(pid);
  return now !== undefined && now !== path && !now.startsWith(`${path}/`);
}

function processState(pid: number): { begin: string; isDead: boolean } | undefined {
  const stat = read(`/proc/${pid}/stat`);
  // The name, in parentheses, may itself hold spaces and parentheses (proc_pid_stat(5)).
  const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const begin = fields[18];
  if (state === undefined || begin === undefined) return undefined;
  return { begin, isDead: state === "Z" || state === "X" };
}

function cgroupOf(pid: number): string | undefined {
  return /^0::(.*)$/m.exec(read(`/proc/${pid}/cgroup`))?.[1];
}

function pidsBelow(cgroup: string): number[] {
  return cgroupsBelow(cgroup).flatMap((each) => {
    try {
      return readPids(each);
    } catch {
      return [];
    }
  });
}

function read(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
