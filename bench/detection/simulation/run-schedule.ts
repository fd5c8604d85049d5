import type { JobTimeline } from "../data/job-timeline.js";
import { seededRandom } from "./seeded-random.js";

/** One run of a job: when, and which of its lists holds. */
export interface ScheduledRun {
  /** Epoch milliseconds. */
  time: number;
  stage: number;
}

export interface Schedule {
  runs: ScheduledRun[];
  /** Runs that the job's cadence would have made, were there no limit. */
  wanted: number;
}

/** Runs per year, and how many jobs have that cadence: 99 in the mean, from monthly releases to daily checks. */
const cadences = [
  { perYear: 30, jobs: 2 },
  { perYear: 60, jobs: 3 },
  { perYear: 100, jobs: 3 },
  { perYear: 150, jobs: 2 },
  { perYear: 250, jobs: 1 },
];
const yearMs = 365.25 * 86_400_000;
const soonMs = 600_000;

/**
 * When a job runs: right after each change of its list, and at seeded moments between (a Poisson process, so
 * gaps differ). More runs than `limit` are thinned out evenly over the job's life.
 */
export function scheduleRuns(seed: number, timeline: JobTimeline, limit: number): Schedule {
  const { repository, workflow, job, stages } = timeline;
  const random = seededRandom(seed, "schedule", repository, workflow, job);
  const { perYear } = random.weighted(cadences, ({ jobs }) => jobs);
  const between = stages.map(({ from, to }) => ((to - from) / yearMs) * perYear);
  const wanted = Math.round(between.reduce((sum, count) => sum + count, stages.length));
  const kept = Math.min(1, Math.max(0, (limit - stages.length) / Math.max(1, wanted)));
  const runs = stages.flatMap(({ from, to }, stage) => {
    const expected = (between[stage] ?? 0) * kept;
    const count = Math.floor(expected) + (random.chance(expected % 1) ? 1 : 0);
    const first = Math.min(from + random.below(soonMs), to - 1);
    const times = Array.from({ length: count }, () => first + random.next() * (to - first));
    return [first, ...times]
      .sort((a, b) => a - b)
      .map((time) => ({ time: Math.floor(time), stage }));
  });
  return { runs: runs.slice(0, limit), wanted };
}
