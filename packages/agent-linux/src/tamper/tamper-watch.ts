import { utcTime } from "@straycall/core";
import type { AttachedProgram } from "../bpf/attached-program.js";
import type { LoadedProgram } from "../bpf/load-object.js";
import type { Loss } from "../losses.js";
import { attachmentWatch } from "./attachment-watch.js";
import { clockWatch } from "./clock-watch.js";
import { laterProgramWatch } from "./later-program-watch.js";
import type { Look } from "./look.js";
import { memberWatch } from "./member-watch.js";

/** Looks from time to time whether somebody with root rights keeps the capture from seeing. */
export interface TamperWatch {
  /** What was found since it was asked last, each thing once, as losses that nobody can count. */
  losses(): Loss[];
  /** Looks a last time, and never again. */
  finish(): void;
}

export interface TamperWatchOptions {
  cgroup: string;
  cgroupFd: number;
  attached: readonly AttachedProgram[];
  /** Every program of this agent, attached or not. */
  programs: readonly LoadedProgram[];
  everyMs: number;
}

const maxReason = 512;

export function tamperWatch(options: TamperWatchOptions): TamperWatch {
  const { cgroup, cgroupFd, attached, programs, everyMs } = options;
  const looks: Look[] = [
    attachmentWatch(attached),
    laterProgramWatch(cgroupFd, attached, programs),
    memberWatch(cgroup),
    clockWatch(),
  ];
  const found: Loss[] = [];
  let lookedAt = performance.now();
  let since = utcTime(Date.now());
  let isFinished = false;

  const look = () => {
    for (const reason of looks.flatMap((each) => each(since))) {
      found.push({ count: 0, reason: reason.slice(0, maxReason) });
    }
    lookedAt = performance.now();
    since = utcTime(Date.now());
  };

  return {
    losses() {
      if (!isFinished && performance.now() - lookedAt >= everyMs) look();
      return found.splice(0);
    },
    finish() {
      if (!isFinished) look();
      isFinished = true;
    },
  };
}
