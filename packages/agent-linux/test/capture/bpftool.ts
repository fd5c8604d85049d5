import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";

/*
 * What a job with root rights would use against the agent: https://man.archlinux.org/man/bpftool.8.en
 */

interface Link {
  id: number;
  prog_id: number;
  cgroup_id?: number;
  attach_type?: string;
}

const listed = <T>(...args: string[]): T =>
  JSON.parse(execFileSync("bpftool", ["--json", ...args], { encoding: "utf8" }));

/** The link that holds a program at this place of a cgroup. */
export function linkOf(cgroup: string, attachType: string): Link {
  const { ino } = statSync(cgroup);
  const link = listed<Link[]>("link", "list").find(
    ({ cgroup_id, attach_type }) => cgroup_id === ino && attach_type === attachType,
  );
  if (link === undefined) throw new Error(`no link at ${attachType} of ${cgroup}`);
  return link;
}

/** The map of this name that this process holds: the agent's own. */
export function ownMap(name: string): number {
  for (const fd of readdirSync("/proc/self/fdinfo")) {
    const id = /^map_id:\s*(\d+)$/m.exec(readFdInfo(fd))?.[1];
    if (id === undefined) continue;
    if (listed<{ name: string }>("map", "show", "id", id).name === name) return Number(id);
  }
  throw new Error(`no map ${name}`);
}

function readFdInfo(fd: string): string {
  try {
    return readFileSync(`/proc/self/fdinfo/${fd}`, "latin1");
  } catch {
    return "";
  }
}

/** Runs bpftool and tells what it complained of. */
export function bpftool(...args: string[]): { status: number | null; complaint: string } {
  const { status, stdout, stderr } = spawnSync("bpftool", args, { encoding: "utf8" });
  return { status, complaint: stdout + stderr };
}
