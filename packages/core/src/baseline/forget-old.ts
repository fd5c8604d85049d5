import type { Baseline, BaselineEndpoint, BaselineGroup } from "./baseline.js";

/** A job that calls ever new hosts (a link checker) must not grow its baseline without end. */
export const maxBaselineEndpoints = 50_000;
/** How many endpoints are remembered with their habits. */
export const maxDetailedEndpoints = 5_000;
export const maxBaselineGroups = 10_000;

/** Keeps a baseline bounded: drops what was called longest ago, and counts the endpoints. */
export function forgetOld(baseline: Baseline, run: number, forgetAfterRuns?: number): Baseline {
  const isCurrent = ({ lastRun }: { lastRun: number }) =>
    forgetAfterRuns === undefined || run - lastRun < forgetAfterRuns;
  const entries = Object.entries(baseline.endpoints);
  const groups = Object.entries(baseline.groups);
  const mayStay =
    forgetAfterRuns === undefined &&
    entries.length <= maxDetailedEndpoints &&
    groups.length <= maxBaselineGroups;
  if (mayStay) return baseline;

  const kept = lastCalled(
    entries.filter(([, endpoint]) => isCurrent(endpoint)),
    maxBaselineEndpoints,
  );
  return {
    ...baseline,
    endpoints: Object.fromEntries(
      kept.map(([key, endpoint], place) => [
        key,
        place < maxDetailedEndpoints ? endpoint : withoutHabits(endpoint),
      ]),
    ),
    groups: Object.fromEntries(
      lastCalled(
        groups.filter(([, group]) => isCurrent(group)),
        maxBaselineGroups,
      ),
    ),
    forgotten: baseline.forgotten + entries.length - kept.length,
  };
}

/**
 * What counts as evidence first, so that no flood drives it out; of that the last called, and of one run those of the
 * most runs, which are what the job does every day.
 */
function lastCalled<T extends BaselineEndpoint | BaselineGroup>(
  entries: [string, T][],
  limit: number,
): [string, T][] {
  const newestFirst = entries.sort(
    ([keyA, a], [keyB, b]) =>
      suspicion(a) - suspicion(b) ||
      b.lastRun - a.lastRun ||
      b.runs - a.runs ||
      (keyA < keyB ? -1 : 1),
  );
  return newestFirst.slice(0, limit);
}

const suspicion = (entry: BaselineEndpoint | BaselineGroup) =>
  "unreviewed" in entry && entry.unreviewed ? 1 : 0;

function withoutHabits({ habits: _, ...endpoint }: BaselineEndpoint): BaselineEndpoint {
  return endpoint;
}
