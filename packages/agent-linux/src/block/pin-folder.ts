import {
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
} from "node:fs";
import { join } from "node:path";
import { bpf, bpfCommand, KernelRefusal } from "../bpf/bpf-call.js";
import { cgroupsBelow } from "../cgroup/cgroup-tree.js";
import { cgroupMount } from "../cgroup/mount.js";
import { readPids } from "../cgroup/run-cgroup.js";
import { kernelStruct } from "../native/kernel-struct.js";
import { libc } from "../native/libc.js";
import { readStart } from "../proc/process-fact.js";

/** Keeps programs attached whatever becomes of this process, until it is removed. */
export interface PinFolder {
  pin(name: string, link: number): void;
  remove(): void;
  /** Leaves it to the next who makes one, as if this process had ended. */
  leave(): void;
}

const ownMount = "/run/straycall/bpf";

/**
 * Makes a folder for the links of a cgroup's programs in a BPF file system, and removes those that agents left behind
 * which were killed, once nothing runs in their cgroup any more.
 *
 * @throws KernelRefusal where there is no such file system and none can be mounted
 */
export function pinFolder(cgroupFd: number): PinFolder {
  const root = pinRoot(join(bpfFileSystem(), "straycall"));
  removeLeftPins(root);
  const { ino } = fstatSync(cgroupFd, { bigint: true });
  const path = join(root, `${ino}-${process.pid}-${readStart(process.pid)}`);
  mkdirSync(path, { mode: 0o700 });
  return {
    pin(name, link) {
      // union bpf_attr: pathname, bpf_fd
      const attributes = kernelStruct(16)
        .pointer(0, Buffer.from(`${join(path, name)}\0`))
        .u32(8, link);
      bpf(bpfCommand.pin, attributes, `pinning ${name}`);
    },
    remove: () => removePins(path),
    // No process has the number 0.
    leave: () => renameSync(path, join(root, `${ino}-0-${Date.now()}`)),
  };
}

function bpfFileSystem(): string {
  const mounted = /^(?:\S+ ){4}(\S+) .* - bpf /m.exec(readFileSync("/proc/self/mountinfo", "utf8"));
  if (mounted?.[1] !== undefined) return mounted[1];
  mkdirSync(ownMount, { recursive: true, mode: 0o700 });
  if (libc().mount("bpf", ownMount, "bpf") < 0) {
    throw new KernelRefusal(`mounting ${ownMount}`, libc().lastError());
  }
  return ownMount;
}

/**
 * Makes the folder where all pins are. A BPF file system can be writable for everybody: somebody else may have been
 * first.
 *
 * @throws KernelRefusal if it belongs to somebody else, others may write there, or it is only a link to a folder
 */
export function pinRoot(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (!isOwnFolder(path)) throw new KernelRefusal(`pinning in ${path}`, "somebody else made it");
  return path;
}

function isOwnFolder(path: string): boolean {
  const stat = lstatSync(path);
  const writableForOthers = 0o022;
  const isOwn = stat.uid === process.geteuid?.() && (stat.mode & writableForOthers) === 0;
  return stat.isDirectory() && isOwn;
}

function removeLeftPins(root: string) {
  for (const name of readdirSync(root)) {
    if (!isOwnFolder(join(root, name))) continue;
    const [cgroup = "", pid = "", start = ""] = name.split("-");
    if (isRunning(Number(pid), Number(start)) || isPopulated(BigInt(cgroup))) continue;
    removePins(join(root, name));
  }
}

function removePins(path: string) {
  if (!existsSync(path)) return;
  for (const name of readdirSync(path)) unlinkSync(join(path, name));
  rmdirSync(path);
}

function isRunning(pid: number, start: number): boolean {
  try {
    return readStart(pid) === start;
  } catch {
    return false;
  }
}

/** Whether there is a cgroup of this number with a process in it or below. */
function isPopulated(number: bigint): boolean {
  const mount = cgroupMount();
  const cgroup = (mount ? cgroupsBelow(mount) : []).find((path) => isNumbered(path, number));
  return cgroup !== undefined && cgroupsBelow(cgroup).some(hasProcesses);
}

function isNumbered(path: string, number: bigint): boolean {
  try {
    return statSync(path, { bigint: true }).ino === number;
  } catch {
    return false;
  }
}

function hasProcesses(cgroup: string): boolean {
  try {
    return readPids(cgroup).length > 0;
  } catch {
    return false;
  }
}
