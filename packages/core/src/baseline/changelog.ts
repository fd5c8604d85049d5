import type { EndpointKey } from "../endpoint/endpoint.js";
import type { Baseline } from "./baseline.js";

/** What one run added to a baseline. */
export interface BaselineChange {
  /** Ordinal of the run. */
  run: number;
  /** When the first of them was called, epoch milliseconds. */
  at: number;
  added: { endpoint: EndpointKey; unreviewed: boolean }[];
}

/** What was added to a baseline and is still there, the newest first; at most `limit` runs. */
export function baselineChangelog(baseline: Baseline, limit = 50): BaselineChange[] {
  const changes = new Map<number, BaselineChange>();
  for (const [endpoint, { firstRun, firstSeenAt, unreviewed }] of Object.entries(
    baseline.endpoints,
  )) {
    const change = changes.get(firstRun) ?? { run: firstRun, at: firstSeenAt, added: [] };
    change.at = Math.min(change.at, firstSeenAt);
    change.added.push({ endpoint, unreviewed: unreviewed === true });
    changes.set(firstRun, change);
  }
  const newestFirst = [...changes.values()]
    .sort((one, other) => other.run - one.run)
    .slice(0, limit);
  for (const { added } of newestFirst)
    added.sort((one, other) => (one.endpoint < other.endpoint ? -1 : 1));
  return newestFirst;
}
