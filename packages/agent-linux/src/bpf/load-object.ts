import { closeSync, readFileSync } from "node:fs";
import { type Btf, btfKind, readBtf } from "../btf/btf.js";
import { kernelStruct } from "../native/kernel-struct.js";
import { type AssembledProgram, assembleProgram } from "./assemble-program.js";
import { bpf, bpfCommand, KernelRefusal } from "./bpf-call.js";
import type { BpfFunction, BpfObject } from "./bpf-object.js";
import type { MapDefinition } from "./map-definition.js";
import { type ProgramKind, programKind } from "./program-kind.js";

/** Maps and programs inside the kernel. */
export interface LoadedObject {
  /** File descriptors, by name. */
  readonly maps: ReadonlyMap<string, number>;
  readonly programs: ReadonlyMap<string, LoadedProgram>;
  /** Programs that the kernel refused, and why: the others are loaded all the same. */
  readonly refused: ReadonlyMap<string, KernelRefusal>;
  close(): void;
}

export interface LoadedProgram {
  name: string;
  fd: number;
  section: string;
  kind: ProgramKind;
}

export const kernelBtfPath = "/sys/kernel/btf/vmlinux";

const mapType = { socketStorage: 24, ring: 27 } as const;
const logSize = 1 << 20;
const logTail = 1_500;

export interface LoadOptions {
  /** Bytes of a ring buffer. */
  ring: number;
  /** Maps of an object loaded before, by name: they are used, and not closed with this one. */
  shared?: ReadonlyMap<string, number>;
}

/**
 * Loads every map and program of an object. The kernel itself adapts the programs to its structures (CO-RE), which
 * it does since 5.17.
 *
 * @throws KernelRefusal if it takes no types or maps; a refused program is told in `refused`.
 */
export function loadObject(
  object: BpfObject,
  { ring, shared = new Map() }: LoadOptions,
): LoadedObject {
  const maps = new Map<string, number>();
  const programs = new Map<string, LoadedProgram>();
  const refused = new Map<string, KernelRefusal>();
  const close = () => {
    for (const { fd } of programs.values()) closeSync(fd);
    for (const fd of maps.values()) closeSync(fd);
  };

  const btfFd = loadBtf(object.btf);
  try {
    for (const definition of object.maps) {
      if (shared.has(definition.name)) continue;
      const maxEntries = definition.type === mapType.ring ? ring : definition.maxEntries;
      maps.set(definition.name, createMap({ ...definition, maxEntries }, btfFd));
    }
    const kernelTypes = readBtf(readFileSync(kernelBtfPath));
    for (const { name, section, ...code } of object.functions) {
      const kind = programKind(section);
      if (kind === undefined) continue;
      const allMaps = new Map([...shared, ...maps]);
      const assembled = assembleProgram(object, { name, section, ...code }, allMaps);
      try {
        const attachedTo = kernelTypeOf(section, kind, kernelTypes);
        const fd = loadProgram(name, kind, attachedTo, assembled, {
          license: object.license,
          btfFd,
        });
        programs.set(name, { name, fd, section, kind });
      } catch (error) {
        if (!(error instanceof KernelRefusal)) throw error;
        refused.set(name, error);
      }
    }
  } catch (error) {
    close();
    throw error;
  } finally {
    closeSync(btfFd);
  }
  return { maps, programs, refused, close };
}

export function mapOf({ maps }: LoadedObject, name: string): number {
  const fd = maps.get(name);
  if (fd === undefined) throw new Error(`the BPF object has no map ${name}`);
  return fd;
}

/** @throws KernelRefusal if the kernel refused it */
export function programOf({ programs, refused }: LoadedObject, name: string): LoadedProgram {
  const program = programs.get(name);
  if (program === undefined) throw refused.get(name) ?? new Error(`no program ${name}`);
  return program;
}

function loadBtf(btf: Btf): number {
  // union bpf_attr: btf, btf_log_buf, btf_size
  const attributes = kernelStruct(28).pointer(0, btf.bytes).u32(16, btf.bytes.length);
  return bpf(bpfCommand.loadBtf, attributes, "types of the capture programs");
}

function createMap(definition: MapDefinition, btfFd: number): number {
  // union bpf_attr: map_type, key_size, value_size, max_entries, map_flags, map_name
  const attributes = kernelStruct(72)
    .u32(0, definition.type)
    .u32(4, definition.keySize)
    .u32(8, definition.valueSize)
    .u32(12, definition.maxEntries)
    .u32(16, definition.flags)
    .text(28, definition.name, 16);
  if (definition.type === mapType.socketStorage) {
    // The one kind that must know the types of what it keeps: btf_fd, btf_key_type_id, btf_value_type_id.
    attributes.u32(48, btfFd).u32(52, definition.keyType).u32(56, definition.valueType);
  }
  return bpf(bpfCommand.createMap, attributes, `map ${definition.name}`);
}

/** What a program that lives inside the kernel is attached to; its arguments are checked against that type. */
function kernelTypeOf(section: string, { attachedTo }: ProgramKind, kernelTypes: Btf): number {
  const name = section.slice(section.indexOf("/") + 1);
  const find = (what: string, kind: number, typeName: string) => {
    const id = kernelTypes.find(kind, typeName);
    if (id === undefined) throw new KernelRefusal(section, `this kernel has no such ${what}`);
    return id;
  };
  switch (attachedTo) {
    case "kernel-function":
      return find("function", btfKind.function, name);
    case "kernel-iterator":
      return find("iterator", btfKind.function, `bpf_iter_${name}`);
    case "kernel-tracepoint":
      return find("tracepoint", btfKind.typedef, `btf_trace_${name}`);
    default:
      return 0;
  }
}

function loadProgram(
  name: BpfFunction["name"],
  kind: ProgramKind,
  kernelType: number,
  { instructions, functionInfo, relocations }: AssembledProgram,
  { license, btfFd }: { license: string; btfFd: number },
): number {
  // union bpf_attr: prog_type, insn_cnt, insns, license, prog_name, expected_attach_type, prog_btf_fd, func_info*,
  // attach_btf_id, core_relo*
  const attributes = () =>
    kernelStruct(144)
      .u32(0, kind.type)
      .u32(4, instructions.length / 8)
      .pointer(8, instructions)
      .pointer(16, Buffer.from(`${license}\0`))
      .text(48, name, 16)
      .u32(68, kind.attachType)
      .u32(72, btfFd)
      .u32(76, 8)
      .pointer(80, functionInfo)
      .u32(88, functionInfo.length / 8)
      .u32(108, kernelType)
      .u32(116, relocations.length / 16)
      .pointer(128, relocations)
      .u32(136, 16);
  try {
    return bpf(bpfCommand.loadProgram, attributes(), name);
  } catch (error) {
    if (!(error instanceof KernelRefusal)) throw error;
    return loadWithLog(name, attributes());
  }
}

/** Loads again with the verifier's log on, so that a refusal says why. */
function loadWithLog(name: string, attributes: ReturnType<typeof kernelStruct>): number {
  const log = Buffer.alloc(logSize);
  attributes.u32(24, 1).u32(28, log.length).pointer(32, log);
  try {
    return bpf(bpfCommand.loadProgram, attributes, name);
  } catch (error) {
    if (!(error instanceof KernelRefusal)) throw error;
    const text = log.toString("latin1", 0, Math.max(0, log.indexOf(0)));
    throw new KernelRefusal(name, error.reason, text.slice(-logTail));
  }
}
