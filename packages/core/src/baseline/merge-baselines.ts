import type {
  Baseline,
  BaselineEndpoint,
  BaselineGroup,
  EndpointHabits,
  JobHabits,
} from "./baseline.js";
import { addCounts, type Counts } from "./counts.js";
import { keptEndpoints, keptGroups } from "./forget-old.js";
import { mergeOutliers } from "./outlier-memory.js";
import { addTraffic, type Traffic } from "./traffic.js";

const maxValues = 256;

/**
 * One baseline that rests on the runs of both, which must be different runs: matrix shards that were learned apart, a
 * job that moved. The job, its revision and what people decided are those of `one`.
 *
 * Sums are exact; runs of `other` count as if they came after those of `one`.
 */
export function mergeBaselines(one: Baseline, other: Baseline): Baseline {
  const shift = one.runs;
  const endpoints = mergeRecords(one.endpoints, other.endpoints, (a, b) =>
    mergeEndpoints(a, b, shift),
  );
  const groups = mergeRecords(one.groups, other.groups, (a, b) => mergeGroups(a, b, shift));
  const kept = keptEndpoints(endpoints, new Map(), () => true);
  const outliers = mergeOutliers(one.outliers, other.outliers);
  const { outliers: _, ...rest } = one;
  return {
    ...rest,
    runs: one.runs + other.runs,
    endpoints: kept.endpoints,
    groups: keptGroups(groups, new Map(), () => true),
    habits: mergeJobHabits(one.habits, other.habits),
    ...(outliers === undefined ? {} : { outliers }),
    ...(one.families || other.families ? { families: { ...other.families, ...one.families } } : {}),
    forgotten: one.forgotten + other.forgotten + kept.forgotten,
  };
}

function mergeRecords<T>(
  one: Readonly<Record<string, T>>,
  other: Readonly<Record<string, T>>,
  merge: (one: T | undefined, other: T) => T,
): Record<string, T> {
  const all = new Map(Object.entries(one));
  for (const [key, value] of Object.entries(other)) all.set(key, merge(all.get(key), value));
  return Object.fromEntries(all);
}

function mergeEndpoints(
  one: BaselineEndpoint | undefined,
  other: BaselineEndpoint,
  shift: number,
): BaselineEndpoint {
  const { unreviewed: _, group, habits, ...rest } = other;
  const isUnreviewed = (one === undefined || one.unreviewed === true) && other.unreviewed === true;
  const ownGroup = one?.group ?? group;
  const ownHabits = mergeHabits(one?.habits, habits);
  return {
    ...rest,
    firstRun: one?.firstRun ?? other.firstRun + shift,
    lastRun: other.lastRun + shift,
    runs: (one?.runs ?? 0) + other.runs,
    firstSeenAt: Math.min(one?.firstSeenAt ?? other.firstSeenAt, other.firstSeenAt),
    lastSeenAt: Math.max(one?.lastSeenAt ?? other.lastSeenAt, other.lastSeenAt),
    ...(isUnreviewed ? { unreviewed: true } : ownGroup === undefined ? {} : { group: ownGroup }),
    ...(ownHabits === undefined ? {} : { habits: ownHabits }),
  };
}

function mergeGroups(
  one: BaselineGroup | undefined,
  other: BaselineGroup,
  shift: number,
): BaselineGroup {
  const traffic = mergeTraffic(one?.traffic, other.traffic);
  return {
    ...other,
    firstRun: one?.firstRun ?? other.firstRun + shift,
    lastRun: other.lastRun + shift,
    runs: (one?.runs ?? 0) + other.runs,
    programs: add(one?.programs, other.programs),
    lineages: add(one?.lineages, other.lineages),
    ports: add(one?.ports, other.ports),
    ...(traffic === undefined ? {} : { traffic }),
  };
}

function mergeHabits(
  one: EndpointHabits | undefined,
  other: EndpointHabits | undefined,
): EndpointHabits | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const traffic = mergeTraffic(one.traffic, other.traffic);
  const counts = ["routes", "methods", "tenants", "told"] as const;
  const numbers = ["readableRuns", "newRouteRuns", "newWriteRuns", "newTenantRuns"] as const;
  const merged: EndpointHabits = {
    programs: add(one.programs, other.programs),
    lineages: add(one.lineages, other.lineages),
    steps: add(one.steps, other.steps),
    ...(traffic === undefined ? {} : { traffic }),
  };
  for (const field of counts)
    if (one[field] || other[field]) merged[field] = add(one[field], other[field]);
  for (const field of numbers) {
    if (one[field] !== undefined || other[field] !== undefined) {
      merged[field] = (one[field] ?? 0) + (other[field] ?? 0);
    }
  }
  return merged;
}

function mergeTraffic(
  one: Record<string, Traffic> | undefined,
  other: Record<string, Traffic> | undefined,
) {
  if (one === undefined || other === undefined) return one ?? other;
  return mergeRecords(one, other, (a, b) => (a === undefined ? b : addTraffic(a, b)));
}

const mergeJobHabits = (one: JobHabits, other: JobHabits): JobHabits => ({
  programs: add(one.programs, other.programs),
  lineages: add(one.lineages, other.lineages),
  steps: add(one.steps, other.steps),
  ports: add(one.ports, other.ports),
  tenants: add(one.tenants, other.tenants),
  surprises: add(one.surprises, other.surprises),
});

const add = (one: Counts | undefined, other: Counts | undefined) =>
  addCounts(one, other, maxValues);
