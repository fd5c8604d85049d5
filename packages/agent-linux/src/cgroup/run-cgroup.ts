import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { StraycallError } from "@straycall/core";
import { cgroupsBelow } from "./cgroup-tree.js";
import { cgroupMount } from "./mount.js";

/** A cgroup for the processes of one run. */
export interface RunCgroup {
  readonly path: string;
  /** Moves a process in; what it starts from then on is inside too. */
  add(pid: number): void;
  /** Every process inside. */
  pids(): number[];
  /**
   * Kills every process inside and below, and tells how many there were. A caller that is inside itself is ended, too.
   *
   * @throws StraycallError CAPTURE_FAILED if one is still there seconds later
   */
  endAll(): Promise<number>;
  /** Removes it; processes still inside go on in the cgroup above. */
  remove(): void;
}

const folder = "straycall";
const pauseMs = 5;
/** A process that was killed may have to wait for a disk first. */
const patienceMs = 10_000;

/**
 * Makes a cgroup below this machine's cgroup2 mount.
 *
 * @param name unique on this machine among runs that are under way
 * @throws StraycallError CAPTURE_UNSUPPORTED without a cgroup2 mount or the right to make one
 */
export function createRunCgroup(name: string): RunCgroup {
  const mount = cgroupMount();
  if (mount === undefined) {
    throw new StraycallError("CAPTURE_UNSUPPORTED", "No cgroup2 file system is mounted.");
  }
  const path = join(mount, folder, name.replace(/[^\w.-]/g, "_"));
  try {
    mkdirSync(dirname(path), { recursive: true });
    mkdirSync(path);
  } catch (cause) {
    throw new StraycallError("CAPTURE_UNSUPPORTED", `Cannot make the cgroup ${path}.`, { cause });
  }
  const pids = () => readPids(path);
  return {
    path,
    pids,
    add: (pid) => writeFileSync(join(path, "cgroup.procs"), String(pid)),
    endAll: () => endAll(path),
    remove() {
      for (const pid of pids()) moveAway(pid, dirname(path));
      rmdirSync(path);
    },
  };
}

/** Whether a process is in a cgroup or below; not in one that is gone. */
export function isPopulated(cgroup: string): boolean {
  try {
    return readFileSync(join(cgroup, "cgroup.events"), "latin1").includes("populated 1");
  } catch {
    return false;
  }
}

async function endAll(cgroup: string): Promise<number> {
  if (!isPopulated(cgroup)) return 0;
  const count = cgroupsBelow(cgroup).flatMap(pidsIn).length;
  // At once, so that none can fork away; since Linux 5.14.
  writeFileSync(join(cgroup, "cgroup.kill"), "1");
  for (let waited = 0; isPopulated(cgroup); waited += pauseMs) {
    if (waited >= patienceMs) {
      throw new StraycallError("CAPTURE_FAILED", `Processes in ${cgroup} cannot be ended.`);
    }
    await pause(pauseMs);
  }
  return count;
}

export function readPids(cgroup: string): number[] {
  return readFileSync(join(cgroup, "cgroup.procs"), "latin1")
    .split("\n")
    .filter(Boolean)
    .map(Number);
}

/** Nobody in a cgroup that is gone, or whose threads are split up so that it does not say. */
export function pidsIn(cgroup: string): number[] {
  try {
    return readPids(cgroup);
  } catch {
    return [];
  }
}

function moveAway(pid: number, cgroup: string) {
  try {
    writeFileSync(join(cgroup, "cgroup.procs"), String(pid));
  } catch {
    // It ended by itself meanwhile.
  }
}
