import type { JobTimeline } from "../data/job-timeline.js";
import type { Incident } from "../data/read-incidents.js";
import type { Schedule } from "../simulation/run-schedule.js";
import { seededRandom } from "../simulation/seeded-random.js";
import { fits } from "./ecosystem.js";

/** Runs that a baseline has learned when an incident strikes. */
export const baselineAges = [0, 5, 30, 100] as const;
export type BaselineAge = (typeof baselineAges)[number];

/** One incident in one run of one job, in a fork of what the detectors know. */
export interface Injection {
  incident: Incident;
  /** Whether the incident is an attack, or a false alarm that really happened. */
  benign: boolean;
  /** Index among all timelines. */
  job: number;
  /** Which of the job's runs is the first with the incident's calls. */
  run: number;
  age: BaselineAge;
  stealthy: boolean;
  /** Makes only the calls to endpoints that the job has called before. */
  trustedOnly: boolean;
}

/** Injections of all incidents together, about. */
const injectionsWanted = 3_000;
const jobsByIncidentAndAge = { least: 6, most: 16 };

/**
 * Chooses jobs for every incident and age: fitting ones, first one of each owner group in seeded order, then a
 * second of each, and so on. Half of the injections are stealthy.
 */
export function planInjections(
  seed: number,
  incidents: readonly Incident[],
  benign: readonly Incident[],
  timelines: readonly JobTimeline[],
  schedules: readonly Schedule[],
): Injection[] {
  const calling = [
    ...incidents.map((incident) => ({ incident, benign: false })),
    ...benign.map((incident) => ({ incident, benign: true })),
  ].filter(({ incident }) => incident.calls.length > 0);
  const { least, most } = jobsByIncidentAndAge;
  const share = injectionsWanted / Math.max(1, calling.length * baselineAges.length);
  const jobs = Math.min(most, Math.max(least, Math.floor(share)));

  return calling.flatMap((each) =>
    baselineAges.flatMap((age) => {
      const random = seededRandom(seed, "plan", each.incident.id, age);
      const chosen = chooseJobs(seed, each.incident, age, timelines, schedules).slice(0, jobs);
      return chosen.flatMap(({ job, run }, at) => {
        const injection = { ...each, job, run, age, stealthy: at % 2 === 1, trustedOnly: false };
        const trusted = age > 0 && callsListed(each.incident, timelines[job], schedules[job], run);
        const flipped = { ...injection, trustedOnly: true, stealthy: random.chance(0.5) };
        return trusted ? [injection, flipped] : [injection];
      });
    }),
  );
}

function chooseJobs(
  seed: number,
  incident: Incident,
  age: BaselineAge,
  timelines: readonly JobTimeline[],
  schedules: readonly Schedule[],
): { job: number; run: number }[] {
  const random = seededRandom(seed, "jobs", incident.id, age);
  const enough = timelines.flatMap((timeline, job) => {
    const runs = schedules[job]?.runs ?? [];
    const run = age < 30 ? age : age + random.below(5);
    const stage = timeline.stages[runs[run]?.stage ?? -1];
    return stage ? [{ job, run, stage, group: timeline.group }] : [];
  });
  const fitting = enough.filter(({ stage }) => fits(incident.ecosystem, stage));
  const byGroup = new Map<string, typeof enough>();
  for (const each of random.shuffled(fitting.length > 0 ? fitting : enough)) {
    byGroup.set(each.group, [...(byGroup.get(each.group) ?? []), each]);
  }
  const groups = random.shuffled([...byGroup.keys()]);
  const rounds = Math.max(0, ...[...byGroup.values()].map((list) => list.length));
  return Array.from({ length: rounds }, (_, round) =>
    groups.flatMap((group) => byGroup.get(group)?.[round] ?? []),
  ).flat();
}

/** Whether the job's list has one of the incident's endpoints: it may have called it by then. */
function callsListed(
  incident: Incident,
  timeline: JobTimeline | undefined,
  schedule: Schedule | undefined,
  run: number,
): boolean {
  const stage = timeline?.stages[schedule?.runs[run]?.stage ?? -1];
  if (!stage) return false;
  return incident.calls.some(({ host, port }) =>
    stage.endpoints.some((listed) => listed.host === host.toLowerCase() && listed.port === port),
  );
}
