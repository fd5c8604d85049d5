import { mkdtempSync, readFileSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { libc } from "../native/libc.js";
import { KernelRefusal } from "./bpf-call.js";

const usualPlaces = ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"];

/**
 * The kernel's number of a tracepoint, `syscalls/sys_exit_connect`.
 *
 * Only tracefs tells it. Where that is not mounted, it is for a moment, on a directory of our own.
 *
 * @throws KernelRefusal
 */
export function readTracepointId(tracepoint: string): number {
  for (const place of usualPlaces) {
    const id = readId(place, tracepoint);
    if (id !== undefined) return id;
  }
  const place = mkdtempSync(join(tmpdir(), "straycall-tracefs-"));
  try {
    if (libc().mount("tracefs", place, "tracefs") < 0) {
      throw new KernelRefusal("mounting tracefs", libc().lastError());
    }
    try {
      const id = readId(place, tracepoint);
      if (id !== undefined) return id;
      throw new KernelRefusal(tracepoint, "this kernel has no such tracepoint");
    } finally {
      libc().unmount(place);
    }
  } finally {
    rmdirSync(place);
  }
}

function readId(place: string, tracepoint: string): number | undefined {
  try {
    return Number(readFileSync(join(place, "events", tracepoint, "id"), "latin1"));
  } catch {
    return undefined;
  }
}
