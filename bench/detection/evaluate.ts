/** The command: replays real endpoint histories through all detectors and injects real incidents. */
import { writeFileSync } from "node:fs";
import { type EvaluationArguments, readArguments } from "./arguments.js";
import { InputError } from "./data/input-error.js";
import { type JobTimeline, jobTimelines } from "./data/job-timeline.js";
import { readHistories } from "./data/read-histories.js";
import { readIncidents } from "./data/read-incidents.js";
import { countSkipped } from "./data/skipped.js";
import { planInjections } from "./injection/injection-plan.js";
import type { GroupTask } from "./replay/replay-group.js";
import { replayGroups } from "./replay/replay-groups.js";
import { evaluationResult } from "./result/evaluation-result.js";
import { picture } from "./result/picture.js";
import { report } from "./result/report.js";
import { driftRates } from "./simulation/drift.js";
import { scheduleRuns } from "./simulation/run-schedule.js";
import { sharedHosts } from "./simulation/shared-hosts.js";
import type { World } from "./simulation/world.js";

async function evaluate(given: EvaluationArguments): Promise<void> {
  const { seed, drift } = given;
  const skipped = countSkipped();
  const timelines = jobTimelines(readHistories(given.histories, skipped), skipped);
  if (timelines.length === 0) throw new InputError(`${given.histories} has no job to replay`);
  const incidents = readIncidents(given.incidents, "incident", skipped);
  const benign = given.benign ? readIncidents(given.benign, "benign incident", skipped) : [];

  const schedules = timelines.map((timeline) => scheduleRuns(seed, timeline, given.maxRuns));
  const injections = planInjections(seed, incidents, benign, timelines, schedules);
  const world: World = { seed, drift: driftRates(drift), sharedHosts: sharedHosts(timelines) };
  const jobs = timelines.map((timeline, at) => ({
    timeline,
    schedule: schedules[at]?.runs ?? [],
    injections: injections.filter(({ job }) => job === at),
  }));
  const tasks = groupNames(timelines).map((group): GroupTask => {
    const ofGroup = jobs.filter(({ timeline }) => timeline.group === group);
    return { group, world, outliers: given.outliers, jobs: ofGroup };
  });
  const groups = await replayGroups(tasks, (done) => {
    process.stderr.write(`\r${done} of ${tasks.length} owner groups`);
  });
  process.stderr.write("\n");

  const sum = (value: (group: (typeof groups)[number]) => number) =>
    groups.reduce((total, group) => total + value(group), 0);
  const notTrusted = sum((group) => group.notTrusted);
  if (notTrusted > 0)
    skipped.add("injections into jobs that had not made the calls before", notTrusted);
  const wanted = schedules.reduce((total, schedule) => total + schedule.wanted, 0);
  const simulatedRuns = sum((group) => group.simulatedRuns);
  const data = {
    groups: groups.length,
    repositoryYears: Math.round(sum((group) => group.repositoryYears) * 100) / 100,
    jobs: sum((group) => group.weight),
    simulatedJobs: timelines.length,
    runs: sum((group) => group.runs),
    simulatedRuns,
    runsLeftOut: Math.max(0, wanted - simulatedRuns),
    incidents: incidents.length,
    controls: incidents.filter(({ calls }) => calls.length === 0).length,
    injections: injections.length - notTrusted,
    drift,
    skipped: skipped.counts(),
  };
  const result = evaluationResult(seed, data, groups);
  console.log(report(result, groups, "straycall"));
  if (given.json) writeFileSync(given.json, `${JSON.stringify(result, null, 2)}\n`);
  if (given.picture) writeFileSync(given.picture, picture(result));
}

function groupNames(timelines: readonly JobTimeline[]): string[] {
  return [...new Set(timelines.map(({ group }) => group))].sort();
}

try {
  await evaluate(readArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
