import { randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import {
  type CaptureAgent,
  type CaptureEvent,
  isStraycallError,
  StraycallError,
  withHeartbeats,
} from "@straycall/core";
import { cgroupsBelow, isBelow, namedCgroups } from "./cgroup/cgroup-tree.js";
import { cgroupMount } from "./cgroup/mount.js";
import { pidsIn } from "./cgroup/run-cgroup.js";
import type { EventReader } from "./event-reader.js";
import { type KernelCapture, startKernelCapture } from "./kernel-capture.js";
import {
  type CheckedOptions,
  checkOptions,
  type LinuxAgentOptions,
} from "./linux-agent-options.js";
import { oneByOne } from "./one-by-one.js";
import { packageFile } from "./package-file.js";
import { readProcessFiles, sleptMs } from "./proc/process-files.js";
import type { RootHelp } from "./reader/record-reader.js";
import { readerInProcess } from "./reader-in-process.js";
import { readerProcess } from "./reader-process.js";
import { type MachineNames, readMachineNames } from "./resolver/machine-names.js";
import { requireSupport } from "./support.js";
import { type EventMaker, eventMaker } from "./translate/event-maker.js";

const name = "linux";
const lossesEveryMs = 200;

/**
 * Captures from the Linux kernel, by eBPF.
 *
 * Reads the kernel's buffer only as fast as its events are taken: a consumer that is too slow for too long loses
 * events, and is told how many.
 *
 * @throws StraycallError CONFIG_INVALID if an option is wrong
 */
export function linuxAgent(options: LinuxAgentOptions = {}): CaptureAgent {
  const chosen = checkOptions(options);
  return {
    name,
    capture(signal) {
      const agent = {
        name,
        capture: (stop: AbortSignal) => oneByOne(capture(stop, signal, chosen)),
      };
      return withHeartbeats(agent, { everyMs: chosen.heartbeatMs }).capture(signal);
    },
  };
}

/**
 * @param signal aborts at whatever end
 * @param over aborts only if the caller says so: until then its run goes on, and is not freed of its policy
 */
async function* capture(
  signal: AbortSignal,
  over: AbortSignal,
  { cgroup: chosenCgroup, ringBytes, heartbeatMs, resolvers, policy, isolation }: CheckedOptions,
): AsyncGenerator<CaptureEvent[]> {
  requireSupport();
  const mount = cgroupMount() ?? "/";
  const cgroup = chosenCgroup ?? mount;
  let kernel: KernelCapture | undefined;
  let isStarted = false;
  const help: RootHelp = {
    watchPrograms(started) {
      for (const [pid, executable] of started) kernel?.watchProcess(pid, executable);
    },
    processFiles: readProcessFiles,
    cgroups: () => namedCgroups(cgroup, mount),
  };
  // Another process takes as long to start as the programs take to load.
  const reader = isolation === "process" ? readerProcess(help) : readerInProcess(help);
  try {
    kernel = startKernelCapture({
      cgroup,
      ringBytes,
      findPlaces: reader.placesIn,
      isWatched: (pid) => isBelow(pid, cgroup, mount),
      heartbeatMs,
      policy,
    });
    await reader.ready();
    await kernel.settled();
    const prefix = randomBytes(5).toString("hex");
    const monotonic = Date.now() - now();
    const clocks = { monotonic, boot: Math.round(monotonic - sleptMs()) };
    const seesProc = sharesPidNamespace();
    // Ids of its own, beside those of the reader.
    const maker = eventMaker(`${prefix}-agent`, clocks);
    const machineNames = readMachineNames(resolvers);
    isStarted = true;
    yield [startedEvent(maker, kernel, machineNames)];
    reader.read(kernel.ringFd, {
      ringBytes,
      prefix,
      clocks,
      watched: cgroupsBelow(cgroup).flatMap(pidsIn),
      agentPid: process.pid,
      seesProc,
      machineNames,
    });
    yield* follow(kernel, reader, maker, { signal, over });
  } catch (cause) {
    if (isStraycallError(cause)) throw cause;
    const { message } = cause as Error;
    throw new StraycallError("CAPTURE_FAILED", `Capture broke: ${message}`, { cause });
  } finally {
    const lift = () => kernel?.liftPolicy(isStarted ? "when-empty" : "at-once");
    if (isStarted && !over.aborted) over.addEventListener("abort", lift, { once: true });
    else lift();
    kernel?.close();
    await reader.close();
  }
}

/** Gives what is read until `signal` aborts, and then what is left in the ring. */
export async function* follow(
  { losses, detach }: Pick<KernelCapture, "losses" | "detach">,
  reader: EventReader,
  maker: EventMaker,
  { signal, over }: { signal: AbortSignal; over: AbortSignal },
): AsyncGenerator<CaptureEvent[]> {
  const readLosses = () =>
    losses().map((lost) => maker.make("capture.lost", { time: now() }, { lost }));

  let lossesReadAt = now();
  while (!signal.aborted) {
    yield await reader.next(signal);
    if (now() - lossesReadAt < lossesEveryMs) continue;
    yield readLosses();
    lossesReadAt = now();
  }

  detach({ isOver: over.aborted });
  yield* reader.rest();
  yield readLosses();
}

function startedEvent(
  maker: EventMaker,
  { blindSpots }: KernelCapture,
  { resolvers, listedResolvers, networkNamespace }: MachineNames,
): CaptureEvent {
  const { version } = JSON.parse(readFileSync(packageFile("package.json"), "utf8"));
  const all = sharesPidNamespace()
    ? blindSpots
    : [
        ...blindSpots,
        "In a container with its own process numbers, earlier processes are not known.",
      ];
  return maker.make(
    "capture.started",
    { time: now() },
    {
      agent: {
        name,
        version,
        ...(all.length === 0 ? {} : { blind_spots: [...all] }),
        resolvers,
        listed_resolvers: listedResolvers,
        network: { namespace: networkNamespace },
      },
    },
  );
}

/** Whether /proc numbers processes as the kernel does: the first namespace has a fixed inode (include/linux/proc_ns.h). */
function sharesPidNamespace(): boolean {
  const initialNamespace = 0xefff_fffc;
  return statSync("/proc/self/ns/pid").ino === initialNamespace;
}

/** CLOCK_MONOTONIC in milliseconds. */
function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
