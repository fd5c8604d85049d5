import type { EndpointKey } from "../endpoint/endpoint.js";
import type { JobKey } from "../job/job.js";
import type { Baseline, BaselineEndpoint } from "./baseline.js";

/** When a run called an endpoint first and last, epoch milliseconds. */
export interface EndpointSighting {
  firstSeenAt: number;
  lastSeenAt: number;
}

/** A job that calls ever new hosts (a link checker) must not grow its baseline without end. */
export const maxBaselineEndpoints = 50_000;

/**
 * The baseline after one more run. Leaves the one before as it was.
 *
 * A run that does not count, for it was cancelled, adds what it called, but the baseline rests on no more runs.
 */
export function learnRun(
  before: Baseline | undefined,
  jobKey: JobKey,
  sightings: ReadonlyMap<EndpointKey, EndpointSighting>,
  counts = true,
): Baseline {
  const run = (before?.runs ?? 0) + 1;
  const endpoints = { ...before?.endpoints };
  for (const [key, sighting] of sightings) {
    endpoints[key] = seenAgain(endpoints[key], run, sighting, counts ? 1 : 0);
  }
  const { kept, forgotten } = forgetOldest(endpoints);
  return {
    version: 1,
    jobKey,
    revision: before?.revision ?? 0,
    runs: counts ? run : run - 1,
    endpoints: kept,
    forgotten: (before?.forgotten ?? 0) + forgotten,
  };
}

function seenAgain(
  before: BaselineEndpoint | undefined,
  run: number,
  sighting: EndpointSighting,
  weight: number,
): BaselineEndpoint {
  if (before === undefined) return { firstRun: run, lastRun: run, runs: weight, ...sighting };
  return {
    firstRun: before.firstRun,
    lastRun: run,
    runs: before.runs + weight,
    firstSeenAt: Math.min(before.firstSeenAt, sighting.firstSeenAt),
    lastSeenAt: Math.max(before.lastSeenAt, sighting.lastSeenAt),
  };
}

function forgetOldest(endpoints: Baseline["endpoints"]) {
  const entries = Object.entries(endpoints);
  const excess = entries.length - maxBaselineEndpoints;
  if (excess <= 0) return { kept: endpoints, forgotten: 0 };
  const newestFirst = entries.sort(
    ([keyA, a], [keyB, b]) => b.lastRun - a.lastRun || (keyA < keyB ? -1 : 1),
  );
  return {
    kept: Object.fromEntries(newestFirst.slice(0, maxBaselineEndpoints)),
    forgotten: excess,
  };
}
