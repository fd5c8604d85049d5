import type { CaptureEventType, EventOf } from "@straycall/core";
import type { ProcessIdentity } from "../decode/fact.js";

/** Makes events: each gets an id of its own, the wall clock's time and the monotonic clock's. */
export interface EventMaker {
  /** The process that did it, as events name it. Several events may share one. */
  processRef(process: ProcessIdentity): ProcessRef;
  make<T extends CaptureEventType>(type: T, at: { time: number }, fields: FieldsOf<T>): EventOf<T>;
  /** Unique among all captures of a run, so that a restarted agent does not speak of another's connections. */
  readonly prefix: string;
}

export type ProcessRef = Readonly<EventOf<"process.fork">["process"]>;

type FieldsOf<T extends CaptureEventType> = Omit<
  EventOf<T>,
  "id" | "time" | "monotonic_time" | "type"
>;

/**
 * What the wall clock would have shown when the kernel's clocks began. Settled once, so that nobody who sets the clock
 * later moves an event.
 */
export interface ClockOrigins {
  /** Epoch milliseconds when CLOCK_MONOTONIC was 0. */
  monotonic: number;
  /** Epoch milliseconds when CLOCK_BOOTTIME was 0. */
  boot: number;
}

/** Processes start on ticks of 10 ms, as /proc counts them on every Linux (USER_HZ). */
const tickMs = 10;
/** What processes are called is kept for these: to make it anew costs more than the rest of an event. */
const recentProcesses = 1_024;

export function eventMaker(prefix: string, origins: ClockOrigins): EventMaker {
  let count = 0;
  const refs: { of: ProcessIdentity; ref: ProcessRef }[] = [];
  return {
    prefix,
    processRef(process) {
      const slot = process.thread % recentProcesses;
      const known = refs[slot];
      if (known !== undefined && isSame(known.of, process)) return known.ref;
      const ref = {
        ...processRef(process),
        ...(process.start === 0 ? {} : { start: origins.boot + process.start * tickMs }),
      };
      refs[slot] = { of: process, ref };
      return ref;
    },
    make<T extends CaptureEventType>(type: T, { time }: { time: number }, fields: FieldsOf<T>) {
      count += 1;
      // What the union of all events makes of `type` and its fields is beyond the compiler, not beyond its caller.
      const id = `${prefix}-${count}`;
      const wall = origins.monotonic + time;
      // A process of before may be older than the clock: that stands still while the machine sleeps.
      const event: unknown =
        time < 0
          ? { id, time: wall, type, ...fields }
          : { id, time: wall, monotonic_time: time, type, ...fields };
      return event as EventOf<T>;
    },
  };
}

function processRef(process: ProcessIdentity): ProcessRef {
  const { pid, start, parentPid, parentStart, thread } = process;
  return {
    pid,
    entity_id: entityId(pid, start),
    ...(parentPid === 0
      ? {}
      : { parent: { pid: parentPid, entity_id: entityId(parentPid, parentStart) } }),
    ...(thread === pid ? {} : { thread: { id: thread } }),
  };
}

function isSame(one: ProcessIdentity, other: ProcessIdentity): boolean {
  return (
    one.pid === other.pid &&
    one.start === other.start &&
    one.thread === other.thread &&
    one.parentPid === other.parentPid &&
    one.parentStart === other.parentStart
  );
}

const recentIds: { pid: number; start: number; id: string }[] = [];

export function entityId(pid: number, start: number): string {
  const slot = pid % recentProcesses;
  const known = recentIds[slot];
  if (known?.pid === pid && known.start === start) return known.id;
  const id = `${pid}-${start}`;
  recentIds[slot] = { pid, start, id };
  return id;
}
