import type { DetectorResult, GroupResult } from "../replay/group-result.js";
import { severityRank } from "../replay/told-once.js";
import { bootstrap, type Interval } from "./bootstrap.js";
import { type Measured, type Metrics, measure } from "./metrics.js";
import { splits, told, toldHigh } from "./recall.js";

/** A number that JSON can hold: `null` where there was nothing to measure it on. */
type Measurable = number | null;

export type DetectorRow = { name: string } & Record<keyof Metrics, Measurable> & {
    microsPerCall: Measurable;
    bytesPerJob: Measurable;
    /** Of 95 %, over owner groups. */
    intervals: Record<keyof Metrics, [Measurable, Measurable]>;
    /** By parts of the injections: the shares told, and told at `high` or above. */
    splits: Record<string, { told: Measurable; high: Measurable; injections: number }>;
    /** Benign alert-days per repository-year by what was new; a day may have several. */
    alertDaysByReason: Record<string, Measurable>;
    /** Of false alarms that really happened: in how many injections what was told was of which severity. */
    benignIncidents: Record<string, Record<string, number>>;
  };

/** What the evaluation stands on. */
export interface DataDescription {
  groups: number;
  repositoryYears: number;
  jobs: number;
  simulatedJobs: number;
  /** Benign runs, each as many as the jobs that its job stands for. */
  runs: number;
  simulatedRuns: number;
  /** Runs that the limit of runs by job left out. */
  runsLeftOut: number;
  incidents: number;
  /** Incidents without a call. */
  controls: number;
  injections: number;
  drift: number;
  skipped: Record<string, number>;
}

export interface EvaluationResult {
  seed: number;
  data: DataDescription;
  detectors: DetectorRow[];
}

const reasons = [
  "listed",
  "added",
  "member",
  "new-route",
  "new-owner",
  "new-program",
  "volume",
] as const;

export function evaluationResult(
  seed: number,
  data: DataDescription,
  groups: readonly GroupResult[],
): EvaluationResult {
  const names = Object.keys(groups[0]?.detectors ?? {});
  return {
    seed,
    data,
    detectors: names.map((name) => detectorRow(seed, measure(name, groups), data.repositoryYears)),
  };
}

function detectorRow(seed: number, measured: Measured, years: number): DetectorRow {
  const { name, results } = measured;
  const once = results.map(() => 1);
  const metrics = measured.metrics(once);
  const intervals = bootstrap(seed, results.length, measured.metrics);
  const sum = (value: (result: DetectorResult) => number) =>
    results.reduce((total, result) => total + value(result), 0);
  const jobs = sum(({ jobs }) => jobs);
  return {
    name,
    ...mapValues(metrics, measurable),
    microsPerCall: measurable(
      (1_000 * sum(({ milliseconds }) => milliseconds)) / sum(({ calls }) => calls),
    ),
    bytesPerJob: measurable(Math.round(sum(({ bytes }) => bytes) / jobs)),
    intervals: mapValues(intervals, ([low, high]: Interval): [Measurable, Measurable] => [
      measurable(low),
      measurable(high),
    ]),
    splits: mapValues(splits, (counts) => ({
      told: measurable(measured.share(once, counts, told)),
      high: measurable(measured.share(once, counts, toldHigh)),
      injections: sum(({ outcomes }) => outcomes.filter(counts).length),
    })),
    alertDaysByReason: Object.fromEntries(
      reasons.map((reason) => [
        reason,
        measurable(sum(({ alertDaysByReason }) => alertDaysByReason[reason] ?? 0) / years),
      ]),
    ),
    benignIncidents: benignIncidents(results),
  };
}

function benignIncidents(results: readonly DetectorResult[]): DetectorRow["benignIncidents"] {
  const incidents: DetectorRow["benignIncidents"] = {};
  const none = { "not told": 0, ...mapValues(severityRank, () => 0) };
  for (const outcome of results.flatMap(({ outcomes }) => outcomes)) {
    if (!outcome.benign || outcome.trustedOnly) continue;
    const counts = incidents[outcome.incident] ?? { ...none };
    const severity = outcome.severity ?? "not told";
    counts[severity] = (counts[severity] ?? 0) + 1;
    incidents[outcome.incident] = counts;
  }
  return incidents;
}

/** Six digits are more than any of these numbers has. */
function measurable(value: number): Measurable {
  return Number.isFinite(value) ? Math.round(value * 1e6) / 1e6 : null;
}

function mapValues<Key extends string, From, To>(
  record: Record<Key, From>,
  map: (value: From) => To,
): Record<Key, To> {
  const entries = Object.entries(record) as [Key, From][];
  return Object.fromEntries(entries.map(([key, value]) => [key, map(value)])) as Record<Key, To>;
}
