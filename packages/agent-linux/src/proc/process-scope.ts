import { readdirSync, readFileSync } from "node:fs";
import { cgroupsBelow } from "../cgroup/cgroup-tree.js";
import { readPids } from "../cgroup/run-cgroup.js";

/** Which processes are watched. */
export interface ProcessScope {
  /** Those that there are now. */
  pids(): number[];
}

/** The processes in a cgroup and below. */
export function cgroupMembers(cgroup: string): ProcessScope {
  return {
    pids: () =>
      cgroupsBelow(cgroup).flatMap((path) => {
        try {
          return readPids(path);
        } catch {
          // It was removed meanwhile.
          return [];
        }
      }),
  };
}

export function everyProcess(): ProcessScope {
  return { pids: allPids };
}

/**
 * The descendants of a process, without itself. One that was seen as such stays it when its parent ends; one whose
 * parent ended before it was first seen is lost, unless `ancestor` adopts orphans (PR_SET_CHILD_SUBREAPER).
 */
export function descendantsOf(ancestor: number): ProcessScope {
  let known = new Map<number, boolean>();
  return {
    pids() {
      const present = allPids();
      const now = new Map<number, boolean>();
      const isInside = (pid: number): boolean => {
        if (pid === ancestor) return true;
        const decided = now.get(pid) ?? known.get(pid);
        if (decided !== undefined) return decided;
        // Until it is decided: what /proc tells while processes come and go may go round in circles.
        now.set(pid, false);
        const parent = parentOf(pid);
        const inside = parent !== undefined && parent > 0 && isInside(parent);
        now.set(pid, inside);
        return inside;
      };
      const inside = present.filter((pid) => {
        const decided = isInside(pid);
        now.set(pid, decided);
        return decided && pid !== ancestor;
      });
      known = new Map(present.map((pid) => [pid, now.get(pid) ?? false]));
      return inside;
    },
  };
}

export function allPids(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

export function parentOf(pid: number): number | undefined {
  const parent = readStat(pid)?.[1];
  return parent === undefined ? undefined : Number(parent);
}

/** Whether it is gone, or only waits for its parent to take note. */
export function hasEnded(pid: number): boolean {
  const state = readStat(pid)?.[0];
  return state === undefined || state === "Z" || state === "X";
}

/** What stands in `/proc/PID/stat` behind the name, which may hold anything (proc_pid_stat(5)). */
function readStat(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
