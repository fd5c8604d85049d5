import type { EventOf } from "../events/event.js";
import { boundedMap } from "./bounded-map.js";
import type { ProcessRecord } from "./process.js";
import { shellWords } from "./shell-words.js";

type ProcessRef = EventOf<"process.fork">["process"];
type ProcessFields = EventOf<"process.exec">["process"];

/** The processes of one run. */
export interface ProcessTable {
  exec(event: EventOf<"process.exec">): ProcessRecord;
  fork(event: EventOf<"process.fork">): void;
  /** The process that ended, if it was known. */
  exit(event: EventOf<"process.exit">): ProcessRecord | undefined;
  /** The record of a process that did something; made from what the event says if it is the first of it. */
  seen(process: ProcessFields, time: number): ProcessRecord;
  /** Which process an event means: its entity id, else the last process known under that pid. */
  entityOf(process: ProcessRef): string;
  get(entityId: string): ProcessRecord | undefined;
  /** Parent first, up to the first process of the run. */
  ancestors(process: ProcessRecord | undefined): ProcessRecord[];
  /** Processes that changed since they were taken last. */
  takeChanged(): ProcessRecord[];
  /** Gives back what was taken: it counts as changed again, unless it was replaced since. */
  putBack(processes: readonly ProcessRecord[]): void;
  readonly size: number;
  readonly forgotten: number;
}

/** Deeper chains are made to exhaust whoever walks them. */
const maxDepth = 64;

/** Makes the table of a run's processes; past `limit` the oldest are forgotten. */
export function processTable(limit: number): ProcessTable {
  const processes = boundedMap<string, ProcessRecord>(limit);
  const lastOfPid = boundedMap<number, string>(limit);
  let changed = new Map<string, ProcessRecord>();

  const entityOf = (process: ProcessRef) =>
    process.entity_id ?? lastOfPid.get(process.pid) ?? `pid-${process.pid}`;

  const remember = (record: ProcessRecord) => {
    processes.set(record.entityId, record);
    changed.set(record.entityId, record);
    lastOfPid.set(record.pid, record.entityId);
    return record;
  };

  const parentOf = ({ parent }: ProcessRef): Partial<ProcessRecord> => {
    if (parent === undefined) return {};
    const entityId = parent.entity_id ?? lastOfPid.get(parent.pid);
    return {
      parentPid: parent.pid,
      ...(entityId === undefined ? {} : { parentEntityId: entityId }),
    };
  };

  const described = (process: ProcessFields): Partial<ProcessRecord> => ({
    ...(process.executable === undefined ? {} : { executable: process.executable }),
    ...describedArguments(process),
    ...(process.working_directory === undefined
      ? {}
      : { workingDirectory: process.working_directory }),
    ...(process.user?.id === undefined ? {} : { userId: process.user.id }),
    ...(process.user?.name === undefined ? {} : { userName: process.user.name }),
    ...(process.cgroup === undefined ? {} : { cgroup: process.cgroup }),
  });

  /** An agent that sees no processes come and go still tells their commands: another command, another process. */
  const isAnother = ({ entity_id, args }: ProcessFields, known: ProcessRecord) =>
    entity_id === undefined && args !== undefined && shellWords(args) !== known.commandLine;

  const blank = (entityId: string, pid: number): ProcessRecord => ({
    entityId,
    pid,
    args: [],
    commandLine: "",
  });

  return {
    entityOf,
    exec({ process, container, time }) {
      const known = processes.get(entityOf(process));
      const isOver = process.entity_id === undefined && known?.endedAt !== undefined;
      const entityId = isOver ? `pid-${process.pid}-${time}` : entityOf(process);
      const before = known && !isOver ? known : blank(entityId, process.pid);
      const { argsTruncated: _, ...kept } = before;
      return remember({
        ...kept,
        ...(before.parentEntityId === undefined ? parentOf(process) : {}),
        ...described(process),
        ...(container === undefined ? {} : { containerId: container.id }),
        startedAt: before.startedAt ?? process.start ?? time,
      });
    },
    fork({ process, time }) {
      // A new process under a known pid is another process, unless the agent keeps them apart itself.
      const entityId = process.entity_id ?? `pid-${process.pid}-${time}`;
      if (processes.get(entityId)) return;
      const parent = process.parent && processes.get(entityOf(process.parent));
      const {
        endedAt: _,
        exitCode: __,
        parentPid: ___,
        parentEntityId: ____,
        ...inherited
      } = parent ?? blank(entityId, process.pid);
      remember({
        ...inherited,
        ...parentOf(process),
        entityId,
        pid: process.pid,
        startedAt: time,
      });
    },
    exit({ process, time }) {
      const record = processes.get(entityOf(process));
      if (record === undefined) return undefined;
      record.endedAt = time;
      if (process.exit_code !== undefined) record.exitCode = process.exit_code;
      changed.set(record.entityId, record);
      return record;
    },
    seen(process, time) {
      const known = processes.get(entityOf(process));
      if (known && !isAnother(process, known)) return known;
      const entityId = known ? `pid-${process.pid}-${time}` : entityOf(process);
      return remember({
        ...blank(entityId, process.pid),
        ...parentOf(process),
        ...described(process),
        ...(process.start === undefined ? {} : { startedAt: process.start }),
      });
    },
    get: (entityId) => processes.get(entityId),
    ancestors(process) {
      const chain: ProcessRecord[] = [];
      let next = process?.parentEntityId;
      while (next !== undefined && chain.length < maxDepth) {
        const parent = processes.get(next);
        if (parent === undefined || parent === process || chain.includes(parent)) break;
        chain.push(parent);
        next = parent.parentEntityId;
      }
      return chain;
    },
    takeChanged() {
      const taken = [...changed.values()];
      changed = new Map();
      return taken;
    },
    putBack(taken) {
      for (const record of taken) {
        if (!changed.has(record.entityId)) changed.set(record.entityId, record);
      }
    },
    get size() {
      return processes.size + processes.forgotten;
    },
    get forgotten() {
      return processes.forgotten;
    },
  };
}

/** Detections hold the arguments of a process and of all its ancestors. */
const maxArgumentsLength = 16_384;

function describedArguments({ args, args_truncated }: ProcessFields): Partial<ProcessRecord> {
  if (args === undefined) return {};
  let room = maxArgumentsLength;
  const kept: string[] = [];
  for (const arg of args) {
    if (room <= 0) break;
    kept.push(arg.slice(0, room));
    room -= arg.length + 1;
  }
  const isCut = args_truncated === true || room < 0;
  return {
    args: kept,
    commandLine: shellWords(kept),
    ...(isCut ? { argsTruncated: true } : {}),
  };
}
