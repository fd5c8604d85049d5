import type { RecordedEvent } from "./recording.js";

/** Moves events in time, so that the last of them happens at `end`, epoch milliseconds. */
export function shiftTimes(events: readonly RecordedEvent[], end: number): RecordedEvent[] {
  const last = events.reduce((latest, event) => Math.max(latest, event.time), 0);
  const shift = end - last;
  return events.map((event) => {
    const shifted = { ...event, time: event.time + shift };
    if (shifted.type !== "run.started" || shifted.run.startedAt === undefined) return shifted;
    return { ...shifted, run: { ...shifted.run, startedAt: shifted.run.startedAt + shift } };
  });
}
