import type { JobTimeline, Stage } from "../data/job-timeline.js";
import { addHabits } from "./add-habits.js";
import type { Habit } from "./habit.js";
import { type Candidate, jobCandidates } from "./job-callers.js";
import { addAnotherCaller, renewHabits } from "./renew-habits.js";
import type { ScheduledRun } from "./run-schedule.js";
import { type SeededRandom, seededRandom } from "./seeded-random.js";
import type { SimulatedRun } from "./simulated-run.js";
import { changeBetween } from "./stage-change.js";
import { unlistedEndpoints } from "./unlisted-endpoints.js";
import type { World } from "./world.js";

/** Replays one job's history as runs, in time order. */
export function* simulateJob(
  world: World,
  timeline: JobTimeline,
  schedule: readonly ScheduledRun[],
): Generator<SimulatedRun> {
  const { seed } = world;
  const { repository, workflow, job } = timeline;
  const name = `${repository}\n${workflow}\n${job}`;
  const random = seededRandom(seed, "runs", name);
  const habits = new Map<string, Habit>();
  let stage: Stage | undefined;
  let candidates: Candidate[] = [];
  let generation = 0;

  const unlisted = unlistedEndpoints(seed, name, timeline.stages[0]?.runsOn ?? "");
  const beside = [...unlisted.values()].map(({ endpoint }) => endpoint);
  const stages = timeline.stages.map((each): Stage => {
    return { ...each, endpoints: [...each.endpoints, ...beside] };
  });

  for (const [index, run] of schedule.entries()) {
    const next = stages[run.stage];
    if (!next) continue;
    const fresh = new Set<string>();
    if (next !== stage) {
      const change = changeBetween(stage, next);
      if (change.bumped.size > 0 && random.chance(0.5)) generation += 1;
      candidates = jobCandidates(seed, name, next, generation);
      renewHabits(world, random, repository, habits, next, candidates, change);
      for (const key of addHabits(world, timeline, habits, next, candidates, change, !stage)) {
        if (stage) fresh.add(key);
      }
      stage = next;
    }
    driftOnce(world, random, repository, [...habits.values()], candidates);
    const calls = [...habits.values()].flatMap((habit) =>
      habit.calls(random, fresh.has(habit.key)),
    );
    yield { timeline, index, time: run.time, calls };
  }
}

/** What changes for good reasons although nobody touched the workflow. */
function driftOnce(
  { seed, drift, sharedHosts }: World,
  random: SeededRandom,
  repository: string,
  habits: readonly Habit[],
  candidates: readonly Candidate[],
) {
  if (habits.length === 0) return;
  if (random.chance(drift.newRoute)) random.pick(habits).addRoute(random);
  if (random.chance(drift.newOwner)) {
    const shared = habits.filter(({ listed }) => sharedHosts.has(listed.host));
    if (shared.length > 0) random.pick(shared).addOwner(random);
  }
  if (random.chance(drift.newProgram)) {
    addAnotherCaller(seed, repository, random.pick(habits), candidates, random);
  }
  if (random.chance(drift.volume)) random.pick(habits).grow(random);
}
