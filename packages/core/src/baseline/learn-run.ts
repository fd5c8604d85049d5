import type { OutlierScorer } from "../contracts/outlier-scorer.js";
import { worseSeverity } from "../detection/detection.js";
import type { EndpointKey } from "../endpoint/endpoint.js";
import type { JobKey } from "../job/job.js";
import type { Baseline, BaselineEndpoint, GroupKey, JobHabits, ToldPlace } from "./baseline.js";
import { groupLinks, ownersPlace } from "./chain-groups.js";
import { type Counts, countEach } from "./counts.js";
import { type IsCurrent, keptEndpoints } from "./forget-old.js";
import { learnGroups } from "./learn-groups.js";
import { learnHabits, maxHabits } from "./learn-habits.js";
import { learnOutliers } from "./outlier-memory.js";
import type { EndpointSighting, RunSightings } from "./run-sightings.js";
import { trafficRows } from "./traffic-rows.js";
import { upgradeBaseline } from "./upgrade-baseline.js";

export interface LearnOptions {
  /**
   * A run that does not count, for it was cancelled, adds what it called, but the baseline rests on no more runs.
   * Default true.
   */
  counts?: boolean;
  /** Whether endpoints that were told and not reviewed are learned, see `BaselineOptions.admit`. Default `after-run`. */
  admit?: "after-run" | "after-review";
  /** Endpoints that were not called in so many runs are forgotten. Default: never. */
  forgetAfterRuns?: number;
  /** How unusual the run's traffic was, in whole bits, once for each that was judged; see `JobHabits.surprises`. */
  surprises?: readonly number[];
  /** Learns how the run's traffic compared with the usual; see `BaselineOptions.outliers`. */
  outliers?: OutlierScorer;
}

/**
 * The baseline after one more run. Leaves the one before as it was.
 *
 * What the run shows of endpoints that were told and not reviewed stays with them: no group and no habit of the job
 * counts it.
 */
export function learnRun(
  stored: Baseline | undefined,
  jobKey: JobKey,
  {
    endpoints: sightings,
    trafficTold = new Set(),
  }: Pick<RunSightings, "endpoints"> & Partial<Pick<RunSightings, "trafficTold">>,
  { counts = true, admit, forgetAfterRuns, surprises = [], outliers: scorer }: LearnOptions = {},
): Baseline {
  const before = stored && upgradeBaseline(stored);
  const run = (before?.runs ?? 0) + 1;
  const weight = counts ? 1 : 0;
  const isCurrent: IsCurrent = (lastRun) =>
    forgetAfterRuns === undefined || run - lastRun < forgetAfterRuns;
  const changed = new Map<EndpointKey, BaselineEndpoint>();
  const evidence: EndpointSighting[] = [];
  for (const [key, sighting] of sightings) {
    const known = before?.endpoints[key];
    if (admit === "after-review" && known === undefined && sighting.told) continue;
    const learned = seenAgain(key, known, run, sighting, weight);
    changed.set(key, learned);
    if (learned.unreviewed === undefined) evidence.push(sighting);
  }
  const { endpoints, forgotten } = keptEndpoints(before?.endpoints ?? {}, changed, isCurrent);
  const shown = scorer && counts ? trafficRows(evidence, before, trafficTold) : [];
  const outliers = scorer && learnOutliers(before?.outliers, shown, { scorer, jobKey, run });
  return {
    version: 2,
    jobKey,
    revision: before?.revision ?? 0,
    runs: counts ? run : run - 1,
    endpoints,
    groups: learnGroups(before?.groups ?? {}, evidence, { run, weight, isCurrent }),
    habits: jobHabits(before?.habits, evidence, surprises, weight),
    ...(outliers === undefined ? {} : { outliers }),
    ...(before?.families === undefined ? {} : { families: before.families }),
    forgotten: (before?.forgotten ?? 0) + forgotten,
  };
}

function seenAgain(
  key: EndpointKey,
  before: BaselineEndpoint | undefined,
  run: number,
  sighting: EndpointSighting,
  weight: number,
): BaselineEndpoint {
  const { firstSeenAt, lastSeenAt, told } = sighting;
  // An endpoint that the baseline holds and that counts is not taken back by what is told of it later.
  const isUnreviewed = before === undefined ? told : before.unreviewed === true;
  return {
    firstRun: before?.firstRun ?? run,
    lastRun: run,
    runs: (before?.runs ?? 0) + weight,
    firstSeenAt: Math.min(before?.firstSeenAt ?? firstSeenAt, firstSeenAt),
    lastSeenAt: Math.max(before?.lastSeenAt ?? lastSeenAt, lastSeenAt),
    ...(isUnreviewed ? { unreviewed: true } : groupOf(sighting)),
    ...toldPlace(key, before, sighting, isUnreviewed),
    habits: learnHabits(before?.habits, sighting, weight),
  };
}

function toldPlace(
  key: EndpointKey,
  before: BaselineEndpoint | undefined,
  { toldAs, chain }: EndpointSighting,
  isUnreviewed: boolean,
): { told?: ToldPlace } {
  const as = worseSeverity(before?.told?.as, toldAs);
  const place = isUnreviewed ? ownersPlace(chain) : key;
  return as === undefined || place === undefined ? {} : { told: { in: place, as } };
}

function groupOf({ chain }: EndpointSighting): { group?: GroupKey } {
  const group = groupLinks(chain).at(-1)?.key;
  return group === undefined ? {} : { group };
}

/** Of all endpoints of a job together. */
const maxJobHabits = maxHabits * 8;

function jobHabits(
  before: JobHabits | undefined,
  evidence: readonly EndpointSighting[],
  surprises: readonly number[],
  weight: number,
): JobHabits {
  const counted = (
    habit: Exclude<keyof JobHabits, "surprises">,
    limit: number,
    values: (sighting: EndpointSighting) => Iterable<string>,
  ) => {
    const shown = new Set(evidence.flatMap((sighting) => [...values(sighting)]));
    return countEach(before?.[habit], shown, limit, weight);
  };
  return {
    programs: counted("programs", maxJobHabits, (seen) => seen.programs),
    lineages: counted("lineages", maxHabits, (seen) => seen.lineages),
    steps: counted("steps", maxJobHabits, (seen) => seen.steps),
    ports: counted("ports", maxJobHabits, (seen) => [String(seen.port)]),
    tenants: counted("tenants", maxJobHabits, (seen) => seen.tenants),
    surprises: countSurprises(before?.surprises, surprises),
  };
}

function countSurprises(before: Counts | undefined, surprises: readonly number[]): Counts {
  return surprises.reduce<Counts>(
    (counts, bits) => countEach(counts, new Set([String(bits)]), maxHabits, 1),
    before ?? {},
  );
}

/** Marks endpoints as looked at: from the next run on they count as evidence. */
export function reviewEndpoints(before: Baseline, keys: Iterable<EndpointKey>): Baseline {
  const endpoints = { ...before.endpoints };
  for (const key of keys) {
    const endpoint = before.endpoints[key];
    if (endpoint === undefined) continue;
    const { unreviewed: _, told: __, ...reviewed } = endpoint;
    endpoints[key] = reviewed;
  }
  return { ...before, endpoints };
}
