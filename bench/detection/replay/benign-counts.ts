import type { JobTimeline } from "../data/job-timeline.js";
import type { DetectorKind, Judgement } from "../detectors/detector.js";
import type { Injection } from "../injection/injection-plan.js";
import type { CallReason, SimulatedRun } from "../simulation/simulated-run.js";
import type { DetectorResult, GroupResult, Outcome, WeightedScore } from "./group-result.js";
import { scoreOfCall, scoresOfNew } from "./injected-runs.js";
import { isHigh, isPushed } from "./told-once.js";
import type { Watched, WatchingDetector } from "./watching-detector.js";

interface Counts
  extends Omit<
    DetectorResult,
    "alertDays" | "highAlertDays" | "alertDaysByReason" | "falseAlarms" | "jobs"
  > {
  days: Set<string>;
  highDays: Set<string>;
  daysByReason: Map<CallReason, Set<string>>;
  alarms: Map<string, { reason: CallReason; codes: string; count: number }>;
}

/** Counts what detectors say of benign runs and of injected ones. */
export interface BenignCounts {
  /** One benign run by one detector; `called` where its new endpoints count for the ranking. */
  benign(run: SimulatedRun, watched: readonly Watched[], called?: ReadonlySet<string>): void;
  injected(
    injection: Injection,
    results: ReadonlyMap<string, { outcome: Outcome; scores: WeightedScore[] }>,
  ): void;
  result(
    kinds: readonly DetectorKind[],
    detectors: readonly WatchingDetector[],
    timelines: readonly JobTimeline[],
  ): Pick<GroupResult, "runs" | "simulatedRuns" | "detectors">;
}

const dayMs = 86_400_000;

export function countBenign(kinds: readonly DetectorKind[]): BenignCounts {
  const all = new Map<string, Counts>();
  for (const { name, variants } of kinds) {
    for (const each of [{ name }, ...(variants ?? [])]) all.set(each.name, noCounts());
  }
  const runs = new Map<string, number>();
  const first = kinds[0]?.name;
  let weighted = 0;

  return {
    benign(run, watched, called) {
      const { weight, repository } = run.timeline;
      for (const { name, judged, told } of watched) {
        const counts = all.get(name);
        if (!counts) continue;
        if (name === first) {
          weighted += weight;
          runs.set(repository, (runs.get(repository) ?? 0) + 1);
        }
        counts.calls += run.calls.length;
        const day = `${repository}\n${Math.floor(run.time / dayMs)}`;
        for (const judgement of told) {
          if (!isPushed(judgement.severity)) continue;
          counts.notifications += weight;
          counts.days.add(day);
          const reason = run.calls[judgement.call]?.reason ?? "listed";
          const ofReason = counts.daysByReason.get(reason) ?? new Set();
          counts.daysByReason.set(reason, ofReason.add(day));
          if (!isHigh(judgement.severity)) continue;
          counts.high += weight;
          counts.highDays.add(day);
          addAlarm(counts.alarms, run, judgement);
        }
        if (!called) continue;
        const scores = scoresOfNew(run.calls, called, (at) => scoreOfCall(judged, at));
        for (const score of scores) counts.benignScores.push([score, weight]);
      }
    },
    injected({ benign, age, trustedOnly }, results) {
      for (const [name, { outcome, scores }] of results) {
        const counts = all.get(name);
        counts?.outcomes.push(outcome);
        if (!benign && !trustedOnly && age > 0) counts?.injectedScores.push(...scores);
      }
    },
    result(kinds, detectors, timelines) {
      const results: Record<string, DetectorResult> = {};
      for (const [at, kind] of kinds.entries()) {
        const detector = detectors[at];
        const bytes = timelines.reduce((sum, each) => sum + (detector?.bytes(each) ?? 0), 0);
        const milliseconds = detector?.milliseconds() ?? 0;
        for (const { name } of [kind, ...(kind.variants ?? [])]) {
          const { days, highDays, daysByReason, alarms, ...counts } = all.get(name) ?? noCounts();
          results[name] = {
            ...counts,
            alertDays: days.size,
            highAlertDays: highDays.size,
            alertDaysByReason: Object.fromEntries(
              [...daysByReason].map(([reason, of]) => [reason, of.size]),
            ),
            falseAlarms: [...alarms.values()],
            bytes,
            jobs: timelines.length,
            milliseconds,
          };
        }
      }
      const simulatedRuns = [...runs.values()].reduce((sum, count) => sum + count, 0);
      return { runs: weighted, simulatedRuns, detectors: results };
    },
  };
}

function noCounts(): Counts {
  return {
    notifications: 0,
    high: 0,
    outcomes: [],
    benignScores: [],
    injectedScores: [],
    calls: 0,
    milliseconds: 0,
    bytes: 0,
    days: new Set(),
    highDays: new Set(),
    daysByReason: new Map(),
    alarms: new Map(),
  };
}

function addAlarm(
  alarms: Counts["alarms"],
  run: SimulatedRun,
  { call, parts = [] }: Judgement,
): void {
  const reason = run.calls[call]?.reason ?? "listed";
  const codes = parts
    .filter(({ bits }) => bits > 0)
    .slice(0, 3)
    .map(({ code }) => code)
    .join(" + ");
  const key = `${reason}\n${codes}`;
  const alarm = alarms.get(key);
  if (alarm) alarm.count += 1;
  else alarms.set(key, { reason, codes, count: 1 });
}
