import type { CaptureEvent, EventOf } from "@straycall/core";
import { containerId } from "../cgroup/container-id.js";
import type { ExecFact, ExitFact, ForkFact } from "../decode/fact.js";
import type { KernelNumber } from "../decode/kernel-number.js";
import type { EventMaker } from "./event-maker.js";
import { stepOf } from "./step.js";

/** @param cgroupName what to call a cgroup by its number */
export function execEvents(
  maker: EventMaker,
  fact: ExecFact,
  cgroupName: (cgroup: KernelNumber) => string,
): CaptureEvent[] {
  const { process, executable, directory, args, argsCut, cgroup } = fact;
  const step = stepOf(fact);
  const cgroupPath = cgroup === undefined ? undefined : cgroupName(cgroup);
  const container = cgroupPath === undefined ? undefined : containerId(cgroupPath);
  const event = maker.make("process.exec", fact, {
    process: {
      ...maker.processRef(process),
      ...(executable === "" ? {} : { executable: executable.slice(0, 4096) }),
      ...(directory === "" ? {} : { working_directory: directory.slice(0, 4096) }),
      args,
      ...(argsCut ? { args_truncated: true } : {}),
      user: { id: process.userId },
      ...(cgroupPath === undefined ? {} : { cgroup: cgroupPath }),
    },
    ...(container === undefined ? {} : { container: { id: container } }),
    ...(step === undefined ? {} : { step }),
  });
  if (step !== undefined || !fact.environmentCut) return [event];
  const reason = "environments too large to look for the step in";
  return [event, maker.make("capture.lost", fact, { lost: { count: 1, reason } })];
}

export function forkEvent(maker: EventMaker, fact: ForkFact): CaptureEvent {
  return maker.make("process.fork", fact, { process: maker.processRef(fact.process) });
}

export function exitEvent(maker: EventMaker, fact: ExitFact): EventOf<"process.exit"> {
  return maker.make("process.exit", fact, {
    process: { ...maker.processRef(fact.process), exit_code: exitCode(fact.status) },
  });
}

/** As a shell tells it: 128 and the signal's number for a process that was killed. */
function exitCode(status: number): number {
  const signal = status & 0x7f;
  return signal === 0 ? (status >> 8) & 0xff : 128 + signal;
}
