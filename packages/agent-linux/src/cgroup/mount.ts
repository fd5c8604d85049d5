import { readFileSync } from "node:fs";

/** Where the version 2 hierarchy of cgroups is mounted; beside version 1 that is often `/sys/fs/cgroup/unified`. */
export function cgroupMount(mountinfo = readMountinfo()): string | undefined {
  for (const line of mountinfo.split("\n")) {
    // 41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw (proc_pid_mountinfo(5))
    const [before, after] = line.split(" - ");
    if (after?.split(" ")[0] !== "cgroup2") continue;
    const path = before?.split(" ")[4];
    if (path !== undefined) return unescapePath(path);
  }
  return undefined;
}

function readMountinfo(): string {
  return readFileSync("/proc/self/mountinfo", "utf8");
}

/** A space is written `\040`. */
function unescapePath(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
