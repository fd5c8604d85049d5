/** Gives up its rights as the reading half does, then tries what it should not be able to, and prints how that went. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { openSync, readFileSync, readSync, writeFileSync, writeSync } from "node:fs";
import { libc } from "../../src/native/libc.js";
import { systemCalls } from "../../src/native/system-calls.js";
import { exitAtOnce, lockDown } from "../../src/reader/lock-down.js";

const ownFile = openSync("/etc/shadow", "r");
const { syscall, lastError } = libc();
const { hasFilter } = lockDown(process.ppid);

const call = (number: number, ...args: number[]) =>
  syscall(number, ...args) < 0 ? lastError() : "done";
const attempt = (action: () => unknown) => {
  try {
    action();
    return "done";
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code ?? message;
  }
};
const calls = systemCalls();
const result = {
  hasFilter,
  "reads what it has open": attempt(() => readSync(ownFile, Buffer.alloc(1))),
  computes: attempt(() => createHash("sha256").update("x").digest()),
  "opens a secret": attempt(() => readFileSync("/etc/shadow")),
  "opens a file of everybody": attempt(() => readFileSync("/etc/passwd")),
  "writes a file": attempt(() => writeFileSync("/tmp/straycall-locked-down", "x")),
  "runs a program": spawnSync("/bin/true").error ? "refused" : "done",
  "makes a socket": attempt(() => libc().socketPair()),
  "ends its parent": attempt(() => process.kill(process.ppid, "SIGTERM")),
  "becomes root": attempt(() => process.setuid?.(0)),
  mounts: libc().mount("none", "/mnt", "tmpfs") < 0 ? lastError() : "done",
  "loads a program into the kernel": call(calls.bpf, 5, 0, 0),
  "watches with perf": call(calls.perf_event_open, 0, 0, 0, 0, 0),
  "changes its filter": call(calls.seccomp, 1, 0, 0),
  "outlives its parent": call(calls.prctl, 1, 0),
};
writeSync(1, JSON.stringify(result));
exitAtOnce(0);
