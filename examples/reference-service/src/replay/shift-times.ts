import type { RecordedEvent } from "./recording.js";

/**
 * Moves events in time, so that the last of them happens at `end`, epoch milliseconds.
 *
 * A run that does not say when it started did so with its `run.started`: else the monitor would take the time at
 * which it hears of it.
 */
export function shiftTimes(events: readonly RecordedEvent[], end: number): RecordedEvent[] {
  const last = events.reduce((latest, event) => Math.max(latest, event.time), 0);
  const shift = end - last;
  return events.map((event) => {
    const time = event.time + shift;
    if (event.type !== "run.started") return { ...event, time };
    const startedAt = (event.run.startedAt ?? event.time) + shift;
    return { ...event, time, run: { ...event.run, startedAt } };
  });
}
