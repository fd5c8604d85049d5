import { endpointKey } from "@straycall/core";
import type { JobTimeline } from "../data/job-timeline.js";
import { type DetectorKind, silentRuns } from "../detectors/detector.js";
import type { Injection } from "../injection/injection-plan.js";
import type { ScheduledRun } from "../simulation/run-schedule.js";
import { simulateJob } from "../simulation/simulated-job.js";
import type { SimulatedRun } from "../simulation/simulated-run.js";
import type { World } from "../simulation/world.js";
import { countBenign } from "./benign-counts.js";
import type { GroupResult } from "./group-result.js";
import { injectedRuns, repeatedRuns, watchInjected } from "./injected-runs.js";
import { type Lookahead, lookahead } from "./lookahead.js";
import { watchingDetector } from "./watching-detector.js";

/** All jobs of one owner group: they share what the detectors know of the fleet. */
export interface GroupTask {
  group: string;
  world: World;
  /** Also through the model with each scorer of outliers. */
  outliers: boolean;
  jobs: { timeline: JobTimeline; schedule: ScheduledRun[]; injections: Injection[] }[];
}

/** Replays a group's runs in time order through every detector, and its injections in forks. */
export function replayGroup(
  { group, world, jobs }: GroupTask,
  kinds: readonly DetectorKind[],
): GroupResult {
  const { seed } = world;
  const detectors = kinds.map((kind) => watchingDetector(kind, seed));
  const counts = countBenign(kinds);
  const replayed = jobs.map(({ timeline, schedule }) => ({
    upcoming: lookahead(simulateJob(world, timeline, schedule)),
    called: new Set<string>(),
  }));
  let notTrusted = 0;

  for (const at of jobsInTimeOrder(jobs.map(({ schedule }) => schedule))) {
    const job = jobs[at];
    const { upcoming, called } = replayed[at] ?? {};
    const run = upcoming?.peek(0);
    if (!job || !upcoming || !called || !run) continue;
    for (const injection of job.injections) {
      if (injection.run !== run.index) continue;
      const injected = injectedRuns(seed, injection, nextRuns(upcoming), called);
      if (!injected) {
        notTrusted += 1;
        continue;
      }
      for (const detector of detectors) {
        counts.injected(injection, watchInjected(injection, injected, called, detector));
      }
    }
    upcoming.take();
    for (const detector of detectors) {
      counts.benign(run, detector.watch(run), run.index >= silentRuns ? called : undefined);
    }
    for (const { endpoint } of run.calls) called.add(endpointKey(endpoint));
  }

  const timelines = jobs.map(({ timeline }) => timeline);
  return {
    group,
    jobs: jobs.length,
    weight: timelines.reduce((sum, { weight }) => sum + weight, 0),
    repositoryYears: repositoryYears(timelines),
    notTrusted,
    ...counts.result(kinds, detectors, timelines),
  };
}

function nextRuns(upcoming: Lookahead<SimulatedRun>): SimulatedRun[] {
  return Array.from({ length: repeatedRuns }, (_, ahead) => upcoming.peek(ahead)).filter(
    (run) => run !== undefined,
  );
}

/** Which job runs next: all runs of all jobs by time. */
function jobsInTimeOrder(schedules: readonly ScheduledRun[][]): number[] {
  return schedules
    .flatMap((runs, job) => runs.map(({ time }) => ({ time, job })))
    .sort((a, b) => a.time - b.time || a.job - b.job)
    .map(({ job }) => job);
}

const yearMs = 365.25 * 86_400_000;

/** Of each repository, the time in which at least one of its jobs had a list. */
function repositoryYears(timelines: readonly JobTimeline[]): number {
  const spans = new Map<string, { from: number; to: number }[]>();
  for (const { repository, stages } of timelines) {
    spans.set(repository, [...(spans.get(repository) ?? []), ...stages]);
  }
  let total = 0;
  for (const list of spans.values()) {
    let until = Number.NEGATIVE_INFINITY;
    for (const { from, to } of list.sort((a, b) => a.from - b.from)) {
      total += Math.max(0, to - Math.max(from, until));
      until = Math.max(until, to);
    }
  }
  return total / yearMs;
}
