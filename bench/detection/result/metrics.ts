import type { DetectorResult, GroupResult, Outcome } from "../replay/group-result.js";
import { type Ranking, rankCalls } from "./ranking.js";
import {
  type CountedOutcomes,
  firstRun,
  learned,
  pushed,
  shareOfIncidents,
  told,
  toldHigh,
  trustedOnly,
} from "./recall.js";

/** The numbers that detectors are compared by; README.md defines them. NaN: there was nothing to measure it on. */
export interface Metrics {
  recallAny: number;
  recallPushed: number;
  recallHigh: number;
  recallHighTrusted: number;
  recallFirstRun: number;
  notificationsPer1000: number;
  highPer1000: number;
  alertDaysPerRepoYear: number;
  highAlertDaysPerRepoYear: number;
  averagePrecision: number;
  rocAuc: number;
  delayRuns: number;
}

/** All that was measured of one detector, ready to be counted with groups left out or in more than once. */
export interface Measured {
  name: string;
  /** `times` says how often each group counts. */
  metrics(times: readonly number[]): Metrics;
  share(
    times: readonly number[],
    counts: (outcome: Outcome) => boolean,
    isTrue: (outcome: Outcome) => boolean,
  ): number;
  results: DetectorResult[];
}

export function measure(name: string, groups: readonly GroupResult[]): Measured {
  const results = groups.flatMap(({ detectors }) => detectors[name] ?? []);
  const ranking: Ranking = rankCalls(
    results.map(({ benignScores, injectedScores }) => ({
      benign: benignScores,
      injected: injectedScores,
    })),
  );
  const counted = (times: readonly number[]): CountedOutcomes[] =>
    results.map(({ outcomes }, at) => ({ outcomes, times: times[at] ?? 0 }));
  return {
    name,
    results,
    share: (times, counts, isTrue) => shareOfIncidents(counted(times), counts, isTrue),
    metrics(times) {
      const sum = (value: (result: DetectorResult) => number) =>
        results.reduce((total, result, at) => total + value(result) * (times[at] ?? 0), 0);
      const sumOfGroups = (value: (group: GroupResult) => number) =>
        groups.reduce((total, group, at) => total + value(group) * (times[at] ?? 0), 0);
      const thousandRuns = sumOfGroups(({ runs }) => runs) / 1_000;
      const years = sumOfGroups(({ repositoryYears }) => repositoryYears);
      const outcomes = counted(times);
      return {
        recallAny: shareOfIncidents(outcomes, learned, told),
        recallPushed: shareOfIncidents(outcomes, learned, pushed),
        recallHigh: shareOfIncidents(outcomes, learned, toldHigh),
        recallHighTrusted: shareOfIncidents(outcomes, trustedOnly, toldHigh),
        recallFirstRun: shareOfIncidents(outcomes, firstRun, pushed),
        notificationsPer1000: sum(({ notifications }) => notifications) / thousandRuns,
        highPer1000: sum(({ high }) => high) / thousandRuns,
        alertDaysPerRepoYear: sum(({ alertDays }) => alertDays) / years,
        highAlertDaysPerRepoYear: sum(({ highAlertDays }) => highAlertDays) / years,
        ...ranking.quality(times),
        delayRuns: meanDelay(outcomes),
      };
    },
  };
}

function meanDelay(groups: readonly CountedOutcomes[]): number {
  let told = 0;
  let runs = 0;
  for (const { outcomes, times } of groups) {
    for (const outcome of outcomes) {
      if (!learned(outcome) || outcome.delay === undefined) continue;
      told += times;
      runs += outcome.delay * times;
    }
  }
  return runs / told;
}
