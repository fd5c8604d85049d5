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
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}
