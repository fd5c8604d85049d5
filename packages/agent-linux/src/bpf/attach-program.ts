import { closeSync, readFileSync } from "node:fs";
import { kernelStruct, withAddress } from "../native/kernel-struct.js";
import { libc } from "../native/libc.js";
import { bpf, bpfCommand, KernelRefusal, systemCallNumbers } from "./bpf-call.js";
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

/** Attaches to a cgroup and everything below; the program runs until the link, a file descriptor, is closed. */
export function attachToCgroup({ name, fd, kind }: LoadedProgram, cgroupFd: number): number {
  const attributes = kernelStruct(16).u32(0, fd).u32(4, cgroupFd).u32(8, kind.attachType);
  return bpf(bpfCommand.createLink, attributes, `attaching ${name}`);
}

export function attachToKernelTracepoint({ name, fd }: LoadedProgram): number {
  return bpf(bpfCommand.openTracepoint, kernelStruct(16).u32(8, fd), `attaching ${name}`);
}

export function attachToTracepoint(program: LoadedProgram): number {
  const id = readTracepointId(program.section.replace("tracepoint/", ""));
  return attachToEvent(program, eventAttributes(tracepointEvent).u64(8, id));
}

export function attachToUserFunction(
  program: LoadedProgram,
  { path, offset }: UserFunction,
): number {
  const uprobe = Number(readFileSync("/sys/bus/event_source/devices/uprobe/type", "latin1"));
  const onReturn = program.section.startsWith("uretprobe/") ? 1 : 0;
  // struct perf_event_attr: config, uprobe_path, probe_offset
  const attributes = eventAttributes(uprobe)
    .u64(8, onReturn)
    .pointer(56, Buffer.from(`${path}\0`))
    .u64(64, offset);
  return attachToEvent(program, attributes);
}

function eventAttributes(type: number) {
  const size = 128;
  return kernelStruct(size).u32(0, type).u32(4, size);
}

function attachToEvent(
  { name, fd: program }: LoadedProgram,
  attributes: ReturnType<typeof kernelStruct>,
): number {
  const { perfEventOpen } = systemCallNumbers();
  const event = withAddress(attributes, (address) =>
    libc().syscall(perfEventOpen, address, anyProcess, anyCpu, anyProcess, closeOnExec),
  );
  const what = `attaching ${name}`;
  if (event < 0) throw new KernelRefusal(what, libc().lastError());
  if (libc().ioctl(event, setProgram, program) < 0 || libc().ioctl(event, enable, 0) < 0) {
    const reason = libc().lastError();
    closeSync(event);
    throw new KernelRefusal(what, reason);
  }
  return event;
}
