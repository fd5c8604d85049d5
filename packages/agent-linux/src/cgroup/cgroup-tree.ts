import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { KernelNumber } from "../decode/kernel-number.js";

/** The cgroups at and below `root`; those that cannot be read or are gone are left out. */
export function cgroupsBelow(root: string): string[] {
  const found = [root];
  for (const path of found) {
    for (const name of foldersIn(path)) found.push(join(path, name));
  }
  return found;
}

/** Whether a process is in `root` or below, as far as can be seen from here. */
export function isBelow(pid: number, root: string, mount: string): boolean {
  // cgroups(7): version 2 is the line of hierarchy 0.
  const path = /^0::(.*)$/m.exec(readFileSync(`/proc/${pid}/cgroup`, "utf8"))?.[1];
  if (path === undefined) return true;
  const cgroup = join(mount, path);
  const isInside = `${cgroup}/`.startsWith(`${resolve(root)}/`);
  // A container may see another part of the tree than it is in.
  return isInside || !existsSync(cgroup);
}

/** A cgroup by its number, and its path below the mount: `/straycall/run-1`. */
export type NamedCgroup = [number: string, path: string];

/**
 * @param root what is watched
 * @param mount of the cgroup2 file system
 */
export function namedCgroups(root: string, mount: string): NamedCgroup[] {
  return cgroupsBelow(root).flatMap((path): NamedCgroup[] => {
    const number = inodeOf(path);
    return number === undefined ? [] : [[String(number), `/${relative(mount, path)}`]];
  });
}

/** A batch of records needs no more than one walk through the tree. */
const rereadMs = 10;
const maxNames = 16_384;

/** What cgroups are called: the path below the mount, `/straycall/run-1`. */
export interface CgroupNames {
  /** The number itself where no name is known. */
  nameOf(cgroup: KernelNumber): string;
  /** Takes a name that somebody else knows. */
  learn(cgroup: KernelNumber, name: string): void;
}

/** Reads the names of all cgroups when one is asked for that is not known. A name stays known when its cgroup goes. */
export function cgroupNames(readCgroups: () => NamedCgroup[]): CgroupNames {
  const names = new Map<string, string>();
  let readAt = Number.NEGATIVE_INFINITY;

  const learn = (number: string, name: string) => {
    if (names.size >= maxNames) names.clear();
    names.set(number, name);
  };
  return {
    learn: (cgroup, name) => learn(String(cgroup), name),
    nameOf(cgroup) {
      const number = String(cgroup);
      if (!names.has(number) && performance.now() - readAt >= rereadMs) {
        for (const [each, path] of readCgroups()) learn(each, path);
        readAt = performance.now();
        // Not looked for again: it is gone.
        if (!names.has(number)) learn(number, number);
      }
      return names.get(number) ?? number;
    },
  };
}

function foldersIn(path: string): string[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}

/** The kernel numbers cgroups by their inode. */
function inodeOf(path: string): bigint | undefined {
  try {
    return statSync(path, { bigint: true }).ino;
  } catch {
    return undefined;
  }
}
