import { listedKey } from "../data/endpoint-text.js";
import type { JobTimeline, Stage } from "../data/job-timeline.js";
import { ownerOf } from "../data/read-histories.js";
import type { DriftRates } from "./drift.js";
import { type Habit, makeHabit } from "./habit.js";
import { actionName, type Candidate, chooseCandidate, jobCandidates } from "./job-callers.js";
import type { ScheduledRun } from "./run-schedule.js";
import { type SeededRandom, seededRandom } from "./seeded-random.js";
import type { SimulatedRun } from "./simulated-run.js";

/** What is the same for all jobs of a simulation. */
export interface World {
  seed: number;
  drift: DriftRates;
  /** Hosts that so many owner groups list that paths on them begin with whose part is meant. */
  sharedHosts: ReadonlySet<string>;
}

/** A known endpoint that has a second program from the start. */
const secondCallerShare = 0.25;
/** An endpoint that came together with a new Action or tool, and is called by it. */
const newSourceCallsNew = 0.6;

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

  for (const [index, run] of schedule.entries()) {
    const next = timeline.stages[run.stage];
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

interface StageChange {
  /** Actions that the job keeps in another version. */
  bumped: Set<string>;
  /** Actions and tools that the job did not have. */
  sources: Set<string>;
}

function changeBetween(before: Stage | undefined, after: Stage): StageChange {
  if (!before) return { bumped: new Set(), sources: new Set() };
  const refs = new Set(before.uses);
  const names = new Set(before.uses.map(actionName));
  const changed = after.uses.filter((uses) => !refs.has(uses)).map(actionName);
  return {
    bumped: new Set(changed.filter((action) => names.has(action))),
    sources: new Set([
      ...changed.filter((action) => !names.has(action)),
      ...after.shellTools.filter((tool) => !before.shellTools.includes(tool)),
    ]),
  };
}

/** Brings the habits of endpoints that stay on the list up to date with who is there to call them. */
function renewHabits(
  { seed, drift }: World,
  random: SeededRandom,
  repository: string,
  habits: Map<string, Habit>,
  stage: Stage,
  candidates: Candidate[],
  { bumped, sources }: StageChange,
) {
  const listed = new Set(stage.endpoints.map(listedKey));
  for (const key of habits.keys()) if (!listed.has(key)) habits.delete(key);
  const byKey = new Map(candidates.map((candidate) => [candidate.key, candidate]));
  for (const habit of habits.values()) {
    const sourcesOfHabit = habit.callers().map(({ key }) => key.split(":")[1] ?? "");
    habit.replaceCallers((key) => byKey.get(key)?.caller);
    if (habit.callers().length === 0) {
      habit.addCaller(
        chooseCandidate(seed, repository, habit.key, candidates).caller,
        "new-program",
      );
    }
    if (!sourcesOfHabit.some((source) => bumped.has(source))) continue;
    if (random.chance(drift.newRouteAtBump)) habit.addRoute(random);
    if (random.chance(drift.newProgramAtBump)) {
      addAnotherCaller(seed, repository, habit, candidates, random);
    }
  }
  for (const source of sources) {
    if (habits.size === 0 || !random.chance(drift.newCallerCallsKnown)) continue;
    const ofSource = candidates.filter((candidate) => candidate.source === source);
    if (ofSource.length === 0) continue;
    const habit = random.pick([...habits.values()]);
    habit.addCaller(chooseCandidate(seed, repository, habit.key, ofSource).caller, "new-program");
  }
}

function addAnotherCaller(
  seed: number,
  repository: string,
  habit: Habit,
  candidates: readonly Candidate[],
  random: SeededRandom,
) {
  const present = new Set(habit.callers().map(({ key }) => key));
  const others = candidates.filter(({ key }) => !present.has(key));
  if (others.length === 0) return;
  const chosen = chooseCandidate(seed, repository, habit.key, others, random.below(1_000_000));
  habit.addCaller(chosen.caller, "new-program");
}

/** Makes habits of the entries that are new on the list; answers their keys. */
function addHabits(
  world: World,
  { repository, workflow, job }: JobTimeline,
  habits: Map<string, Habit>,
  stage: Stage,
  candidates: Candidate[],
  { sources }: StageChange,
  first: boolean,
): string[] {
  const { seed, sharedHosts } = world;
  const owners = [
    ...new Set([
      ownerOf(repository),
      ...stage.uses.filter((uses) => !uses.startsWith(".")).map(ownerOf),
    ]),
  ];
  const name = `${repository}\n${workflow}\n${job}`;
  return stage.endpoints.flatMap((listed) => {
    const key = listedKey(listed);
    if (habits.has(key)) return [];
    const shared = sharedHosts.has(listed.host);
    const context = { seed, repository, host: listed.host, shared, owners };
    const habit = makeHabit(name, listed, context, first ? "listed" : "added");
    const random = seededRandom(seed, "who", repository, key);
    const likely = likelyCandidates(random, stage, key, candidates, sources);
    habit.addCaller(chooseCandidate(seed, repository, key, likely).caller);
    if (random.chance(secondCallerShare)) {
      habit.addCaller(chooseCandidate(seed, repository, key, candidates, "second").caller);
    }
    habits.set(key, habit);
    return [key];
  });
}

/**
 * Who may call an endpoint that came to the list: what came with it; a shell step if the workflow names the
 * host; the job's tools and what they install if only the repository does; else anybody.
 */
function likelyCandidates(
  random: SeededRandom,
  stage: Stage,
  key: string,
  candidates: Candidate[],
  sources: Set<string>,
): Candidate[] {
  const among = (kept: (candidate: Candidate) => boolean) => candidates.filter(kept);
  const mention = stage.mentions.get(key);
  const cameAlong = among(({ source }) => sources.has(source));
  const likely =
    cameAlong.length > 0 && random.chance(newSourceCallsNew)
      ? cameAlong
      : mention?.workflow
        ? among(({ kind }) => kind === "script" || kind === "tool")
        : mention?.repository
          ? among(({ kind }) => kind === "tool" || kind === "install-script" || kind === "script")
          : [];
  return likely.length > 0 ? likely : candidates;
}
