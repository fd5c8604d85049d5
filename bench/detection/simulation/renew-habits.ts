import { listedKey } from "../data/endpoint-text.js";
import type { Stage } from "../data/job-timeline.js";
import type { Habit } from "./habit.js";
import { type Candidate, chooseCandidate } from "./job-callers.js";
import type { SeededRandom } from "./seeded-random.js";
import type { StageChange } from "./stage-change.js";
import type { World } from "./world.js";

/** Brings the habits of endpoints that stay on the list up to date with who is there to call them. */
export function renewHabits(
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

/** One more of the job's programs calls an endpoint. */
export function addAnotherCaller(
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
