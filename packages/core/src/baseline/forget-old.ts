import type { Baseline, BaselineEndpoint, BaselineGroup } from "./baseline.js";
import { lastOf } from "./last-of.js";

/** A job that calls ever new hosts (a link checker) must not grow its baseline without end. */
export const maxBaselineEndpoints = 50_000;
/** How many endpoints are remembered with their habits. */
export const maxDetailedEndpoints = 5_000;
export const maxBaselineGroups = 10_000;

type Records<T> = Readonly<Record<string, T>>;

/** Tells whether what was last called in that run is to be kept. */
export type IsCurrent = (lastRun: number) => boolean;

/** The endpoints that a baseline keeps of those before and those that a run changed or added. */
export function keptEndpoints(
  before: Records<BaselineEndpoint>,
  changed: ReadonlyMap<string, BaselineEndpoint>,
  isCurrent: IsCurrent,
): Pick<Baseline, "endpoints" | "forgotten"> {
  const detailed: string[] = [];
  const { kept, size, dropped } = merged(before, changed, isCurrent, (key, { habits }) => {
    if (habits !== undefined) detailed.push(key);
  });
  const forgotten = dropped + dropOldest(kept, size - maxBaselineEndpoints);
  if (detailed.length > maxDetailedEndpoints) forgetHabits(kept, detailed);
  return { endpoints: kept, forgotten };
}

/** The same for groups. */
export function keptGroups(
  before: Records<BaselineGroup>,
  changed: ReadonlyMap<string, BaselineGroup>,
  isCurrent: IsCurrent,
): Baseline["groups"] {
  const { kept, size } = merged(before, changed, isCurrent);
  dropOldest(kept, size - maxBaselineGroups);
  return kept;
}

/** In one pass, property by property: a spread of 50,000 takes twice as long. */
function merged<T extends BaselineEndpoint | BaselineGroup>(
  before: Records<T>,
  changed: ReadonlyMap<string, T>,
  isCurrent: IsCurrent,
  note?: (key: string, entry: T) => void,
) {
  const kept: Record<string, T> = {};
  let [size, dropped] = [0, 0];
  const keep = (key: string, entry: T) => {
    if (isCurrent(entry.lastRun)) {
      kept[key] = entry;
      size += 1;
      note?.(key, entry);
    } else dropped += 1;
  };
  for (const key of Object.keys(before)) {
    const entry = changed.get(key) ?? before[key];
    if (entry !== undefined) keep(key, entry);
  }
  for (const [key, entry] of changed) if (!Object.hasOwn(before, key)) keep(key, entry);
  return { kept, size, dropped };
}

function dropOldest(kept: Record<string, BaselineEndpoint | BaselineGroup>, count: number): number {
  if (count <= 0) return 0;
  for (const [key] of lastOf(Object.entries(kept), count, byImportance)) delete kept[key];
  return count;
}

function forgetHabits(kept: Record<string, BaselineEndpoint>, keys: readonly string[]) {
  const detailed = keys.flatMap((key): [string, BaselineEndpoint][] => {
    const endpoint = kept[key];
    return endpoint === undefined ? [] : [[key, endpoint]];
  });
  const tooMany = detailed.length - maxDetailedEndpoints;
  for (const [key, endpoint] of lastOf(detailed, tooMany, byImportance)) {
    const { habits: _, ...rest } = endpoint;
    kept[key] = rest;
  }
}

/**
 * What counts as evidence first, so that no flood drives it out; of that the last called, and of one run those of the
 * most runs, which are what the job does every day.
 */
function byImportance(
  [keyA, a]: [string, BaselineEndpoint | BaselineGroup],
  [keyB, b]: [string, BaselineEndpoint | BaselineGroup],
): number {
  return (
    suspicion(a) - suspicion(b) ||
    b.lastRun - a.lastRun ||
    b.runs - a.runs ||
    (keyA < keyB ? -1 : 1)
  );
}

const suspicion = (entry: BaselineEndpoint | BaselineGroup) =>
  "unreviewed" in entry && entry.unreviewed ? 1 : 0;
