import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { StraycallError } from "@straycall/core";
import { cgroupMount } from "./mount.js";

/** A cgroup for the processes of one run. */
export interface RunCgroup {
  readonly path: string;
  /** Moves a process in; what it starts from then on is inside too. */
  add(pid: number): void;
  /** Every process inside. */
  pids(): number[];
  /** Removes it; processes still inside go on in the cgroup above. */
  remove(): void;
}

const folder = "straycall";

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
    remove() {
      for (const pid of pids()) moveAway(pid, dirname(path));
      rmdirSync(path);
    },
  };
}

export function readPids(cgroup: string): number[] {
  return readFileSync(join(cgroup, "cgroup.procs"), "latin1")
    .split("\n")
    .filter(Boolean)
    .map(Number);
}

function moveAway(pid: number, cgroup: string) {
  try {
    writeFileSync(join(cgroup, "cgroup.procs"), String(pid));
  } catch {
    // It ended by itself meanwhile.
  }
}
