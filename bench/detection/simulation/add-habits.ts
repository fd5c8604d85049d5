import { listedKey } from "../data/endpoint-text.js";
import type { JobTimeline, Stage } from "../data/job-timeline.js";
import { ownerOf } from "../data/read-histories.js";
import { type Habit, makeHabit } from "./habit.js";
import { type Candidate, chooseCandidate } from "./job-callers.js";
import { type SeededRandom, seededRandom } from "./seeded-random.js";
import type { StageChange } from "./stage-change.js";
import { unlistedEndpoints } from "./unlisted-endpoints.js";
import type { World } from "./world.js";

/** A known endpoint that has a second program from the start. */
const secondCallerShare = 0.25;
/** An endpoint that came together with a new Action or tool, and is called by it. */
const newSourceCallsNew = 0.6;

/** Makes habits of the entries that are new on the list; answers their keys. */
export function addHabits(
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
    const by = unlistedEndpoints(seed, name, stage.runsOn).get(key)?.by;
    const ofKind = by && candidates.filter(({ kind }) => kind === by);
    const likely = ofKind ?? likelyCandidates(random, stage, key, candidates, sources);
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
