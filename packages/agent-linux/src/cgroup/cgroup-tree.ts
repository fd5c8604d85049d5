import { readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";

/** The cgroups at and below `root`; those that cannot be read or are gone are left out. */
export function cgroupsBelow(root: string): string[] {
  const found = [root];
  for (const path of found) {
    for (const name of foldersIn(path)) found.push(join(path, name));
  }
  return found;
}

/** A batch of records needs no more than one walk through the tree. */
const rereadMs = 10;
const maxNames = 16_384;

/** What cgroups are called: the path below the mount, `/straycall/run-1`. */
export interface CgroupNames {
  /** The number itself where no name is known. */
  nameOf(cgroup: bigint): string;
  /** Takes a name that somebody else knows. */
  learn(cgroup: bigint, name: string): void;
}

/**
 * Looks up the names of cgroups below `root` when one is asked for that is not known. A name stays known when its
 * cgroup goes.
 *
 * @param root what is watched
 * @param mount of the cgroup2 file system
 */
export function cgroupNames(root: string, mount: string): CgroupNames {
  const names = new Map<bigint, string>();
  let readAt = Number.NEGATIVE_INFINITY;

  const learn = (cgroup: bigint, name: string) => {
    if (names.size >= maxNames) names.clear();
    names.set(cgroup, name);
  };
  const read = () => {
    for (const path of cgroupsBelow(root)) {
      const number = inodeOf(path);
      if (number !== undefined) learn(number, `/${relative(mount, path)}`);
    }
    readAt = performance.now();
  };
  return {
    learn,
    nameOf(cgroup) {
      if (!names.has(cgroup) && performance.now() - readAt >= rereadMs) {
        read();
        // Not looked for again: it is gone.
        if (!names.has(cgroup)) learn(cgroup, String(cgroup));
      }
      return names.get(cgroup) ?? String(cgroup);
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
