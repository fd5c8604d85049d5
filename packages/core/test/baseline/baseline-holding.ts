import type { Baseline, BaselineEndpoint } from "../../src/baseline/baseline.js";
import { learnRun } from "../../src/baseline/learn-run.js";
import type { JobKey } from "../../src/job/job.js";

/** A job's baseline that holds these endpoints, each called by two runs unless its fields say otherwise. */
export function baselineHolding(
  jobKey: JobKey,
  endpoints: Record<string, Partial<BaselineEndpoint>>,
): Baseline {
  const sample = { firstRun: 1, lastRun: 2, runs: 2, firstSeenAt: 100, lastSeenAt: 200 };
  const filled = Object.entries(endpoints).map(([key, more]) => [key, { ...sample, ...more }]);
  const empty = learnRun(undefined, jobKey, { endpoints: new Map() });
  return { ...empty, runs: 2, endpoints: Object.fromEntries(filled) };
}
