import type { CaptureEventType, EventOf } from "@straycall/core";
import type { ProcessIdentity } from "../decode/fact.js";

/** Makes events: each gets an id of its own and the wall clock's time. */
export interface EventMaker {
  make<T extends CaptureEventType>(type: T, at: { time: number }, fields: FieldsOf<T>): EventOf<T>;
  /** Unique among all captures of a run, so that a restarted agent does not speak of another's connections. */
  readonly prefix: string;
}

type FieldsOf<T extends CaptureEventType> = Omit<EventOf<T>, "id" | "time" | "type">;

/** @param wallClock epoch milliseconds when CLOCK_MONOTONIC was 0 */
export function eventMaker(prefix: string, wallClock: number): EventMaker {
  let count = 0;
  return {
    prefix,
    make<T extends CaptureEventType>(type: T, { time }: { time: number }, fields: FieldsOf<T>) {
      count += 1;
      // What the union of all events makes of `type` and its fields is beyond the compiler, not beyond its caller.
      const event: unknown = { id: `${prefix}-${count}`, time: wallClock + time, type, ...fields };
      return event as EventOf<T>;
    },
  };
}

/** The process that did it, as events name it. */
export function processRef(process: ProcessIdentity): EventOf<"process.fork">["process"] {
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

export function entityId(pid: number, start: number): string {
  return `${pid}-${start}`;
}
