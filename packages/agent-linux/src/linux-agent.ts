import { randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import {
  type CaptureAgent,
  type CaptureEvent,
  isStraycallError,
  normalizeAddress,
  StraycallError,
} from "@straycall/core";
import { type BlockPolicy, type CheckedPolicy, checkPolicy } from "./block/policy.js";
import { cgroupNames } from "./cgroup/cgroup-tree.js";
import { cgroupMount } from "./cgroup/mount.js";
import { decodeRecord } from "./decode/decode-record.js";
import { type KernelCapture, startKernelCapture } from "./kernel-capture.js";
import { packageFile } from "./package-file.js";
import { pause, turn } from "./pause.js";
import { type MachineNames, readMachineNames } from "./resolver/machine-names.js";
import { describeProcess, sleptMs, snapshotProcesses } from "./snapshot.js";
import { requireSupport } from "./support.js";
import { type EventMaker, eventMaker } from "./translate/event-maker.js";
import { translator } from "./translate/translator.js";

export interface LinuxAgentOptions {
  /** Folder of the cgroup (version 2) to watch, with everything below it. Default: the whole machine. */
  cgroup?: string;
  /**
   * Size of the kernel's buffer: a power of two, at least 4096. Default 8 MiB.
   *
   * What does not fit while nobody reads is counted and told as `capture.lost`.
   */
  ringBytes?: number;
  /**
   * Addresses of resolvers whose answers are believed besides those of `/etc/resolv.conf`: a public one that the jobs
   * ask directly, or the one that containers have.
   */
  resolvers?: readonly string[];
  /** Denies every call in the cgroup that it does not allow. Needs `cgroup`. */
  policy?: BlockPolicy;
}

const name = "linux";
const defaultRingBytes = 8 << 20;
const maxRingBytes = 1 << 30;
const maxResolvers = 32;
/** Records per batch: no more than this is held while the consumer works. */
const batchSize = 512;
const idleMs = 10;
const lossesEveryMs = 200;
/** How long to wait at the end for a record that a CPU is still writing. */
const lastWordMs = 100;

/**
 * Captures from the Linux kernel, by eBPF.
 *
 * Reads the kernel's buffer only as fast as its events are taken: a consumer that is too slow for too long loses
 * events, and is told how many.
 *
 * @throws StraycallError CONFIG_INVALID if an option is wrong
 */
export function linuxAgent(options: LinuxAgentOptions = {}): CaptureAgent {
  const ringBytes = options.ringBytes ?? defaultRingBytes;
  const isPowerOfTwo = Number.isInteger(Math.log2(ringBytes));
  if (!isPowerOfTwo || ringBytes < 4096 || ringBytes > maxRingBytes) {
    const message = "ringBytes must be a power of two from 4096 to 2^30";
    throw new StraycallError("CONFIG_INVALID", message, { field: "ringBytes" });
  }
  const resolvers = checkResolvers(options.resolvers ?? []);
  const { cgroup } = options;
  if (options.policy && cgroup === undefined) {
    const message = "policy needs a cgroup: without one it would hold for the whole machine";
    throw new StraycallError("CONFIG_INVALID", message, { field: "policy" });
  }
  const policy = options.policy && checkPolicy(options.policy, resolvers);
  return { name, capture: (signal) => capture(signal, { cgroup, ringBytes, resolvers, policy }) };
}

interface CaptureOptions {
  cgroup: string | undefined;
  ringBytes: number;
  resolvers: readonly string[];
  policy: CheckedPolicy | undefined;
}

function checkResolvers(resolvers: readonly string[]): readonly string[] {
  const wrong = resolvers.find((address) => normalizeAddress(address) === undefined);
  if (wrong === undefined && resolvers.length <= maxResolvers) return resolvers;
  const message =
    wrong === undefined
      ? `resolvers must be ${maxResolvers} at most`
      : `resolvers must be addresses, not "${wrong}"`;
  throw new StraycallError("CONFIG_INVALID", message, { field: "resolvers" });
}

async function* capture(
  signal: AbortSignal,
  { cgroup: chosenCgroup, ringBytes, resolvers, policy }: CaptureOptions,
): AsyncGenerator<CaptureEvent> {
  requireSupport();
  const mount = cgroupMount() ?? "/";
  const cgroup = chosenCgroup ?? mount;
  const kernel = startKernelCapture(cgroup, ringBytes, policy);
  const monotonic = Date.now() - now();
  const maker = eventMaker(randomBytes(5).toString("hex"), {
    monotonic,
    boot: Math.round(monotonic - sleptMs()),
  });
  try {
    const machineNames = readMachineNames(resolvers);
    yield startedEvent(maker, kernel, machineNames);
    const seesProc = sharesPidNamespace();
    const translate = translator({
      maker,
      cgroups: cgroupNames(cgroup, mount),
      describeProcess: seesProc ? describeProcess : () => undefined,
      machineNames,
    });
    for (const fact of seesProc ? snapshotProcesses(cgroup) : []) {
      kernel.watchProcess(fact.process.pid, fact.executable);
      yield* translate.translate(fact);
    }
    yield* follow(kernel, maker, signal, (record) => {
      const fact = decodeRecord(record);
      if (fact?.type === "exec" && seesProc) kernel.watchProcess(fact.process.pid, fact.executable);
      if (fact !== undefined) return translate.translate(fact);
      const lost = { count: 1, reason: "records of the kernel side that could not be read" };
      return [maker.make("capture.lost", { time: now() }, { lost })];
    });
    yield* translate.end();
  } catch (cause) {
    if (isStraycallError(cause)) throw cause;
    const { message } = cause as Error;
    throw new StraycallError("CAPTURE_FAILED", `Capture broke: ${message}`, { cause });
  } finally {
    kernel.close();
  }
}

/** Reads the ring until `signal` aborts, and then what is left in it. */
async function* follow(
  { ring, losses, detach }: KernelCapture,
  maker: EventMaker,
  signal: AbortSignal,
  translate: (record: Buffer) => CaptureEvent[],
): AsyncGenerator<CaptureEvent> {
  const readBatch = () => {
    const events: CaptureEvent[] = [];
    const count = ring.read(batchSize, (record) => void events.push(...translate(record)));
    return { count, events };
  };
  const readLosses = () =>
    losses().map((lost) => maker.make("capture.lost", { time: now() }, { lost }));

  let lossesReadAt = now();
  while (!signal.aborted) {
    const { count, events } = readBatch();
    yield* events;
    if (now() - lossesReadAt >= lossesEveryMs) {
      yield* readLosses();
      lossesReadAt = now();
    }
    await (count < batchSize ? pause(idleMs, signal) : turn());
  }

  detach();
  let readAt = now();
  while (ring.waiting > 0 && now() - readAt < lastWordMs) {
    const { count, events } = readBatch();
    yield* events;
    if (count > 0) readAt = now();
    else await pause(1);
  }
  if (ring.waiting > 0) {
    const lost = { count: 1, reason: "records that the kernel never finished" };
    yield maker.make("capture.lost", { time: now() }, { lost });
  }
  yield* readLosses();
}

function startedEvent(
  maker: EventMaker,
  { blindSpots }: KernelCapture,
  { resolvers, networkNamespace }: MachineNames,
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
