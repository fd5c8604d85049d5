import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { StraycallError } from "@straycall/core";
import type { CheckedPolicy } from "./block/policy.js";
import { type Blocking, startBlocking } from "./block/start-blocking.js";
import {
  attachToCgroup,
  attachToKernelTracepoint,
  attachToTracepoint,
  attachToUserFunction,
} from "./bpf/attach-program.js";
import type { AttachedProgram } from "./bpf/attached-program.js";
import { KernelRefusal } from "./bpf/bpf-call.js";
import { readBpfObject } from "./bpf/bpf-object.js";
import {
  type LoadedObject,
  type LoadedProgram,
  loadObject,
  mapOf,
  programOf,
} from "./bpf/load-object.js";
import { freezeMap, writeOnlyEntry } from "./bpf/map-access.js";
import { runIterator } from "./bpf/run-iterator.js";
import { capturePrograms } from "./capture-programs.js";
import { findLookupFunction } from "./lookup-function.js";
import { type Loss, lossReader } from "./losses.js";
import { packageFile } from "./package-file.js";
import { tamperWatch } from "./tamper/tamper-watch.js";
import { type FindPlaces, tlsProbes } from "./tls/tls-probes.js";

/** Maps that this process goes on to write, and no others: those are frozen. */
const writtenFromOutside: ReadonlySet<string> = new Set(["ring"]);

/** The programs at work inside the kernel. */
export interface KernelCapture {
  /** Of the ring's map. */
  readonly ringFd: number;
  /** What goes unseen because this kernel refused a program. */
  readonly blindSpots: readonly string[];
  /** Watches the TLS libraries that a process may use, if it is watched itself. */
  watchProcess(pid: number, executable: string): void;
  /** Fulfilled when the TLS libraries that were found so far are watched. */
  settled(): Promise<void>;
  /** What could not be told since it was asked last. */
  losses(): Loss[];
  liftPolicy: Blocking["lift"];
  /** Ends the watching, and the policy if the run is over; what is in the ring can still be read. */
  detach(options: { isOver: boolean }): void;
  /** Gives back everything but the policy, which holds until it is lifted or this process ends. */
  close(): void;
}

export interface KernelCaptureOptions {
  cgroup: string;
  ringBytes: number;
  /** Looks into files of the job. */
  findPlaces: FindPlaces;
  isWatched: (pid: number) => boolean;
  /** How often to look whether somebody tampers with it. */
  heartbeatMs: number;
  policy: CheckedPolicy | undefined;
}

/**
 * Loads the programs and attaches them to a cgroup and everything below; with a policy, never without it.
 *
 * @throws StraycallError CAPTURE_UNSUPPORTED if the kernel refuses a program that nothing works without;
 * CONFIG_INVALID if there is no such cgroup
 */
export function startKernelCapture({
  cgroup,
  ringBytes,
  findPlaces,
  isWatched,
  heartbeatMs,
  policy,
}: KernelCaptureOptions): KernelCapture {
  const opened: (() => void)[] = [];
  let blocking: Blocking | undefined;
  const close = () => {
    for (const release of opened.splice(0).reverse()) release();
  };
  try {
    const cgroupFd = openCgroup(cgroup);
    opened.push(() => closeSync(cgroupFd));
    const loaded = load(ringBytes);
    opened.push(() => loaded.close());
    writeOnlyEntry(mapOf(loaded, "scope"), int32(cgroupFd), "choosing the cgroup");
    writeOnlyEntry(mapOf(loaded, "scope_number"), numberOf(cgroupFd), "choosing the cgroup");
    for (const [name, map] of loaded.maps) if (!writtenFromOutside.has(name)) freezeMap(map, name);
    const { attached, blindSpots } = attachAll(loaded, cgroupFd);
    const liftPolicy: Blocking["lift"] = (when) => blocking?.lift(when);
    const detach = () => {
      for (const { fd } of attached.splice(0).reverse()) closeSync(fd);
    };
    opened.push(detach);
    if (policy) blocking = startBlocking(policy, loaded, { path: cgroup, fd: cgroupFd });
    opened.push(() => blocking?.close());
    const tls = tlsProbes(loaded, findPlaces, isWatched);
    opened.push(() => tls.close());
    const programs = [...loaded.programs.values(), ...(blocking?.programs.values() ?? [])];
    const tamper = tamperWatch({
      cgroup,
      cgroupFd,
      attached: [...attached, ...(blocking?.attached ?? [])],
      programs,
      everyMs: heartbeatMs,
    });
    const lostInKernel = lossReader(mapOf(loaded, "lost"), programs);
    return {
      ringFd: mapOf(loaded, "ring"),
      blindSpots: [...blindSpots, ...(blocking?.blindSpots ?? []), ...tls.blindSpots],
      watchProcess: tls.watchProcess,
      settled: tls.settled,
      losses: () => [...lostInKernel(), ...tls.losses(), ...tamper.losses()],
      liftPolicy,
      detach({ isOver }) {
        tamper.finish();
        if (isOver) liftPolicy("when-empty");
        tls.close();
        detach();
      },
      close,
    };
  } catch (error) {
    blocking?.lift("at-once");
    close();
    if (!(error instanceof KernelRefusal)) throw error;
    throw new StraycallError("CAPTURE_UNSUPPORTED", `The kernel refused: ${error.message}`, {
      cause: error,
    });
  }
}

function openCgroup(path: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    throw new StraycallError("CONFIG_INVALID", `There is no cgroup ${path}.`, {
      cause,
      field: "cgroup",
    });
  }
}

function load(ringBytes: number): LoadedObject {
  const file = packageFile(`bpf/objects/capture.${process.arch}.bpf.o`);
  return loadObject(readBpfObject(readFileSync(file)), { ring: ringBytes });
}

function attachAll(loaded: LoadedObject, cgroupFd: number) {
  const attached: AttachedProgram[] = [];
  const blindSpots: string[] = [];
  try {
    for (const { name, blindSpot } of capturePrograms) {
      try {
        const program = programOf(loaded, name);
        attached.push({ program, fd: attach(program, cgroupFd) });
      } catch (error) {
        if (blindSpot === undefined) throw error;
        const { message } = error as Error;
        blindSpots.push(`${blindSpot} (${message.split("\n", 1)[0]})`.slice(0, 512));
      }
    }
  } catch (error) {
    for (const { fd } of attached) closeSync(fd);
    throw error;
  }
  return { attached, blindSpots };
}

function attach(program: LoadedProgram, cgroupFd: number): number {
  switch (program.kind.attachedTo) {
    case "cgroup":
      return attachToCgroup(program, cgroupFd);
    case "kernel-iterator":
      return runIterator(program);
    case "kernel-function":
    case "kernel-tracepoint":
      return attachToKernelTracepoint(program);
    case "tracepoint":
      return attachToTracepoint(program);
    case "user-function":
      return attachToUserFunction(program, findLookupFunction());
  }
}

/** The kernel numbers cgroups by their inode. */
function numberOf(cgroupFd: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(fstatSync(cgroupFd, { bigint: true }).ino);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
