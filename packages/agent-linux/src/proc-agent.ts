import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import {
  type CaptureAgent,
  type CaptureEvent,
  isStraycallError,
  StraycallError,
  withHeartbeats,
} from "@straycall/core";
import { type DestroyedSockets, destroyedSockets } from "./native/destroyed-sockets.js";
import { packageFile } from "./package-file.js";
import { pause } from "./pause.js";
import { noEndedSockets, otherNetworks, pollingBlindSpots, shared } from "./proc/blind-spots.js";
import { pauseAfter } from "./proc/poll-pace.js";
import { procPoll } from "./proc/proc-poll.js";
import { sleptMs } from "./proc/process-files.js";
import {
  cgroupMembers,
  descendantsOf,
  everyProcess,
  type ProcessScope,
} from "./proc/process-scope.js";
import { eventMaker } from "./translate/event-maker.js";

export interface ProcAgentOptions {
  /** Folder of the cgroup (version 2) to watch, with everything below it. */
  cgroup?: string;
  /** Watch what descends from this process, without itself. Default, without `cgroup`: every process. */
  descendantsOf?: number;
}

const name = "proc";
/** How long after its end the kernel may take to tell of a socket. */
const lastWordMs = 50;

/**
 * Captures by looking at /proc again and again: without root, without kernel programs, on any Linux.
 *
 * It sees much less than `linuxAgent`, says in `blind_spots` what it cannot see, and counts the TCP calls it missed.
 *
 * @throws StraycallError CONFIG_INVALID if both options are given
 */
export function procAgent(options: ProcAgentOptions = {}): CaptureAgent {
  const { cgroup, descendantsOf: ancestor } = options;
  if (cgroup !== undefined && ancestor !== undefined) {
    throw new StraycallError("CONFIG_INVALID", "choose one: cgroup or descendantsOf");
  }
  const scope = () => {
    if (cgroup !== undefined) return cgroupMembers(cgroup);
    return ancestor === undefined ? everyProcess() : descendantsOf(ancestor);
  };
  return withHeartbeats({ name, capture: (signal) => capture(signal, scope()) });
}

async function* capture(signal: AbortSignal, scope: ProcessScope): AsyncGenerator<CaptureEvent> {
  if (process.platform !== "linux") {
    throw new StraycallError(
      "CAPTURE_UNSUPPORTED",
      `This is ${process.platform}; capture needs Linux.`,
    );
  }
  const { ended, blindSpot } = openDestroyedSockets();
  try {
    const monotonic = Date.now() - now();
    const maker = eventMaker(randomBytes(5).toString("hex"), {
      monotonic,
      boot: Math.round(monotonic - sleptMs()),
    });
    const { look, finish, isAlone } = procPoll({ maker, now, scope, ended });
    const { version } = JSON.parse(readFileSync(packageFile("package.json"), "utf8"));
    const blindSpots = [...pollingBlindSpots, blindSpot, ...(isAlone() ? [] : [shared])];
    yield maker.make(
      "capture.started",
      { time: now() },
      { agent: { name, version, blind_spots: blindSpots } },
    );
    while (!signal.aborted) {
      const before = process.cpuUsage();
      const events = look();
      // Not the time that passed: a machine that is busy with other things must not make this blind.
      const { user, system } = process.cpuUsage(before);
      yield* events;
      await pause(pauseAfter((user + system) / 1_000), signal);
    }
    yield* look();
    await pause(lastWordMs);
    yield* finish();
  } catch (cause) {
    if (isStraycallError(cause)) throw cause;
    const { message } = cause as Error;
    throw new StraycallError("CAPTURE_FAILED", `Capture broke: ${message}`, { cause });
  } finally {
    ended?.close();
  }
}

function openDestroyedSockets(): { ended?: DestroyedSockets; blindSpot: string } {
  try {
    return { ended: destroyedSockets(), blindSpot: otherNetworks };
  } catch (error) {
    return { blindSpot: `${noEndedSockets} (${(error as Error).message})`.slice(0, 512) };
  }
}

/** CLOCK_MONOTONIC in milliseconds. */
function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
