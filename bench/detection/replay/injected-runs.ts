import { endpointKey } from "@straycall/core";
import type { Judgement } from "../detectors/detector.js";
import { hostileCalls } from "../injection/hostile-calls.js";
import type { Injection } from "../injection/injection-plan.js";
import type { SimulatedCall, SimulatedRun } from "../simulation/simulated-run.js";
import type { Outcome, WeightedScore } from "./group-result.js";
import { isPushed, severityRank } from "./told-once.js";
import type { WatchingDetector } from "./watching-detector.js";

/** Runs with an incident's calls, the first included. */
export const repeatedRuns = 5;

/** What an incident does in a job: its calls, and the job's own runs that it comes with. */
export interface InjectedRuns {
  runs: SimulatedRun[];
  /** Its first injected call has this index in every run. */
  from: number[];
  calls: SimulatedCall[];
  usesTrusted: boolean;
}

/**
 * Adds an incident's calls to a run and those after it, last in each.
 *
 * Answers `undefined` if it should make only calls to endpoints that the job has called, and there are none.
 */
export function injectedRuns(
  seed: number,
  injection: Injection,
  upcoming: readonly SimulatedRun[],
  called: ReadonlySet<string>,
): InjectedRuns | undefined {
  const [first] = upcoming;
  if (!first) return undefined;
  const { incident, job, age, stealthy, trustedOnly } = injection;
  const stage =
    first.timeline.stages.find(({ from, to }) => from <= first.time && first.time <= to) ??
    first.timeline.stages[0];
  if (!stage) return undefined;
  const manner = { seed, name: `${job}:${age}:${trustedOnly}`, stealthy };
  const only = trustedOnly ? { only: called } : {};
  const calls = hostileCalls(incident, stage, first, { ...manner, ...only });
  if (calls.length === 0) return undefined;
  return {
    runs: upcoming.map((run) => ({ ...run, calls: [...run.calls, ...calls] })),
    from: upcoming.map((run) => run.calls.length),
    calls,
    usesTrusted: calls.some(({ endpoint }) => called.has(endpointKey(endpoint))),
  };
}

/** Lets a fork of a detector watch the runs; answers what became of the incident, by variant. */
export function watchInjected(
  injection: Injection,
  injected: InjectedRuns,
  called: ReadonlySet<string>,
  detector: WatchingDetector,
): Map<string, { outcome: Outcome; scores: WeightedScore[] }> {
  const fork = detector.fork(injected.runs[0]?.timeline);
  const results = new Map<string, { outcome: Outcome; scores: WeightedScore[] }>();
  for (const [at, run] of injected.runs.entries()) {
    const from = injected.from[at] ?? 0;
    const isHostile = ({ call }: Judgement) => call >= from;
    for (const { name, judged, told } of fork.watch(run)) {
      const hostile = told.filter(isHostile);
      let result = results.get(name);
      if (!result) {
        const outcome = outcomeOf(injection, injected, hostile, judged.filter(isHostile));
        result = { outcome, scores: novelScores(injected, from, called, judged) };
        results.set(name, result);
      }
      if (
        result.outcome.delay === undefined &&
        hostile.some(({ severity }) => isPushed(severity))
      ) {
        result.outcome.delay = at;
      }
    }
    if ([...results.values()].every(({ outcome }) => outcome.delay !== undefined)) break;
  }
  return results;
}

function outcomeOf(
  injection: Injection,
  { calls, usesTrusted }: InjectedRuns,
  told: readonly Judgement[],
  judged: readonly Judgement[],
): Outcome {
  const worst = [...told].sort(bySeverity)[0];
  const highest = [...judged].sort((a, b) => b.score - a.score)[0];
  return {
    incident: injection.incident.id,
    benign: injection.benign,
    age: injection.age,
    stealthy: injection.stealthy,
    trustedOnly: injection.trustedOnly,
    usesTrusted,
    requestSeen: calls.some(({ requests }) => requests.length > 0),
    severity: worst?.severity,
    delay: undefined,
    score: highest?.score ?? noScore,
    codes: (highest?.parts ?? []).map(({ code, bits }) => `${code} ${bits.toFixed(1)}`),
  };
}

function bySeverity(a: Judgement, b: Judgement): number {
  return severityRank[b.severity ?? "info"] - severityRank[a.severity ?? "info"];
}

/** Of a call that a detector says nothing of. */
const noScore = -1_000;

function novelScores(
  { calls }: InjectedRuns,
  from: number,
  called: ReadonlySet<string>,
  judged: readonly Judgement[],
): WeightedScore[] {
  return scoresOfNew(calls, called, (at) => scoreOfCall(judged, from + at)).map((score) => [
    score,
    1,
  ]);
}

/** The highest score that each endpoint had that was never called before. */
export function scoresOfNew(
  calls: readonly SimulatedCall[],
  called: ReadonlySet<string>,
  scoreAt: (at: number) => number,
): number[] {
  const scores = new Map<string, number>();
  for (const [at, { endpoint }] of calls.entries()) {
    const key = endpointKey(endpoint);
    if (!called.has(key)) scores.set(key, Math.max(scores.get(key) ?? noScore, scoreAt(at)));
  }
  return [...scores.values()];
}

export function scoreOfCall(judged: readonly Judgement[], call: number): number {
  let score = noScore;
  for (const judgement of judged) {
    if (judgement.call === call) score = Math.max(score, judgement.score);
  }
  return score;
}
