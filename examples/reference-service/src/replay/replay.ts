import type { Monitor } from "@straycall/core";
import type { Recording } from "./recording.js";
import { shiftTimes } from "./shift-times.js";

const hoursBetweenRuns = 5;
const batchSize = 1_000;

/**
 * Sends recorded runs through the monitor as an agent would, with their times shifted: the last ends now, each
 * other some hours before the next.
 */
export async function replay(
  recordings: readonly Recording[],
  monitor: Monitor,
  now: number,
): Promise<void> {
  for (const [index, { run, events }] of recordings.entries()) {
    const runsAfter = recordings.length - 1 - index;
    const shifted = shiftTimes(events, now - runsAfter * hoursBetweenRuns * 3_600_000);
    for (let start = 0; start < shifted.length; start += batchSize) {
      await monitor.ingest({ run, events: shifted.slice(start, start + batchSize) });
    }
  }
}
