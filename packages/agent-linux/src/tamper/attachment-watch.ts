import { readlinkSync, readSync } from "node:fs";
import type { AttachedProgram } from "../bpf/attached-program.js";
import { KernelRefusal } from "../bpf/bpf-call.js";
import { describeLink, programId } from "../bpf/describe.js";
import type { Look } from "./look.js";

/**
 * Finds programs that somebody detached, replaced or switched off: a link of a cgroup can be detached by whoever has
 * its number, and it is when the cgroup is removed; a perf event can be disabled by whoever takes its descriptor.
 */
export function attachmentWatch(attached: readonly AttachedProgram[]): Look {
  const intact = new Map(
    attached
      .filter(({ program }) => program.kind.attachedTo !== "kernel-iterator")
      .map((each) => [each.program.name, stateOf(each)]),
  );
  return (since) => {
    const gone: string[] = [];
    for (const [name, isIntact] of intact) {
      if (isIntact()) continue;
      gone.push(name);
      intact.delete(name);
    }
    if (gone.length === 0) return [];
    const what = gone.length === 1 ? "program" : "programs";
    return [
      `Somebody detached the kernel ${what} ${gone.join(", ")}, after ${since}: what is told by that is not seen any more.`,
    ];
  };
}

/** Remembers how a program is attached now, and tells whether it still is. */
function stateOf({ program, fd }: AttachedProgram): () => boolean {
  if (readlinkSync(`/proc/self/fd/${fd}`).includes("perf_event")) return enabledEvent(fd);
  const isOfCgroup = program.kind.attachedTo === "cgroup";
  const id = programId(program.fd);
  const { cgroup } = describeLink(fd);
  return () => {
    const link = describeLink(fd);
    return link.program === id && (!isOfCgroup || link.cgroup === cgroup);
  };
}

/** The time that a perf event was enabled for goes on for as long as it is. */
function enabledEvent(fd: number): () => boolean {
  let before = enabledTime(fd);
  return () => {
    const now = enabledTime(fd);
    const goesOn = now > before;
    before = now;
    return goesOn;
  };
}

/** Nanoseconds. */
function enabledTime(fd: number): bigint {
  // perf_event_open(2), PERF_FORMAT_TOTAL_TIME_ENABLED: the value, then the time.
  const answer = Buffer.alloc(16);
  const length = readSync(fd, answer);
  if (length < answer.length) throw new KernelRefusal("reading a perf event", `${length} bytes`);
  return answer.readBigUInt64LE(8);
}
