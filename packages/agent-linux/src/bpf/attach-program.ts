import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { kernelStruct, withAddress } from "../native/kernel-struct.js";
import { libc } from "../native/libc.js";
import { systemCalls } from "../native/system-calls.js";
import { bpf, bpfCommand, KernelRefusal } from "./bpf-call.js";
import type { LoadedProgram } from "./load-object.js";
import { readTracepointId } from "./tracepoint-id.js";

/** A function in a file, as an address in the memory of whatever maps that file. */
export interface UserFunction {
  path: string;
  offset: number;
}

const tracepointEvent = 2;
const closeOnExec = 8;
const setProgram = 0x40042408;
const enable = 0x2400;
const anyProcess = 0xffff_ffff_ffff_ffffn;
const anyCpu = 0;
const tellEnabledTime = 1;

/** Attaches to a cgroup and everything below; the program runs until the link, a file descriptor, is closed. */
export function attachToCgroup({ name, fd, kind }: LoadedProgram, cgroupFd: number): number {
  const attributes = kernelStruct(16).u32(0, fd).u32(4, cgroupFd).u32(8, kind.attachType);
  return bpf(bpfCommand.createLink, attributes, `attaching ${name}`);
}

/** Of a kernel tracepoint, or of a function of the kernel that a program may answer for. */
export function attachToKernelTracepoint({ name, fd }: LoadedProgram): number {
  return bpf(bpfCommand.openTracepoint, kernelStruct(16).u32(8, fd), `attaching ${name}`);
}

export function attachToTracepoint(program: LoadedProgram): number {
  return runOnEvent(program, openTracepoint(program));
}

function openTracepoint({ name, section }: LoadedProgram): number {
  const id = readTracepointId(section.replace("tracepoint/", ""));
  return openEvent(name, eventAttributes(tracepointEvent).u64(8, id));
}

const perfEvent = 41;

/** Attaches to a cgroup or inside the kernel, by a link that can be pinned. @throws KernelRefusal */
export function attachLink(program: LoadedProgram, cgroupFd: number): number {
  if (program.kind.attachedTo === "cgroup") return attachToCgroup(program, cgroupFd);
  if (program.kind.attachedTo !== "tracepoint") return attachToKernelTracepoint(program);
  const { name, fd } = program;
  const event = openTracepoint(program);
  try {
    const attributes = kernelStruct(16).u32(0, fd).u32(4, event).u32(8, perfEvent);
    return bpf(bpfCommand.createLink, attributes, `attaching ${name}`);
  } finally {
    closeSync(event); // the link holds it
  }
}

export function attachToUserFunction(
  program: LoadedProgram,
  { path, offset }: UserFunction,
): number {
  bringIntoMemory(path, offset);
  const uprobe = Number(readFileSync("/sys/bus/event_source/devices/uprobe/type", "latin1"));
  const onReturn = program.section.startsWith("uretprobe/") ? 1 : 0;
  // struct perf_event_attr: config, uprobe_path, probe_offset
  const attributes = eventAttributes(uprobe)
    .u64(8, onReturn)
    .pointer(56, Buffer.from(`${path}\0`))
    .u64(64, offset);
  return runOnEvent(program, openEvent(program.name, attributes));
}

/** A probe on code that a process maps and that is not in memory yet makes ext4 warn in the log of Linux 6.18. */
function bringIntoMemory(path: string, offset: number): void {
  const fd = openSync(path, "r");
  try {
    readSync(fd, Buffer.alloc(1), 0, 1, offset);
  } finally {
    closeSync(fd);
  }
}

function eventAttributes(type: number) {
  const size = 128;
  // struct perf_event_attr: type, size, .., read_format
  return kernelStruct(size).u32(0, type).u32(4, size).u64(32, tellEnabledTime);
}

function openEvent(name: string, attributes: ReturnType<typeof kernelStruct>): number {
  const event = withAddress(attributes, (address) =>
    libc().syscall(
      systemCalls().perf_event_open,
      address,
      anyProcess,
      anyCpu,
      anyProcess,
      closeOnExec,
    ),
  );
  if (event < 0) throw new KernelRefusal(`attaching ${name}`, libc().lastError());
  return event;
}

function runOnEvent({ name, fd: program }: LoadedProgram, event: number): number {
  if (libc().ioctl(event, setProgram, program) < 0 || libc().ioctl(event, enable, 0) < 0) {
    const reason = libc().lastError();
    closeSync(event);
    throw new KernelRefusal(`attaching ${name}`, reason);
  }
  return event;
}
