import type { WeightedScore } from "../replay/group-result.js";

/** Calls to endpoints that their jobs had never called, the highest score first. */
export interface Ranking {
  /** Average precision and area under the ROC curve; groups count as often as `times` says. */
  quality(times: readonly number[]): { averagePrecision: number; rocAuc: number };
}

interface Entry {
  score: number;
  weight: number;
  hostile: boolean;
  group: number;
}

/**
 * Ranks the calls of all groups. Calls of one score are one step: which of them comes first is chance, so a detector
 * that gives all the same score has the average precision of the mixture and an area of a half.
 */
export function rankCalls(
  groups: readonly { benign: readonly WeightedScore[]; injected: readonly WeightedScore[] }[],
): Ranking {
  const entries = groups.flatMap(({ benign, injected }, group): Entry[] => [
    ...benign.map(([score, weight]) => ({ score, weight, hostile: false, group })),
    ...injected.map(([score, weight]) => ({ score, weight, hostile: true, group })),
  ]);
  entries.sort((a, b) => b.score - a.score);
  return {
    quality(times) {
      let hostile = 0;
      let benign = 0;
      for (const entry of entries) {
        const weight = entry.weight * (times[entry.group] ?? 0);
        if (entry.hostile) hostile += weight;
        else benign += weight;
      }
      let hostileAbove = 0;
      let benignAbove = 0;
      let precisions = 0;
      let pairs = 0;
      for (let at = 0; at < entries.length; ) {
        const score = entries[at]?.score;
        let hostileHere = 0;
        let benignHere = 0;
        for (; at < entries.length && entries[at]?.score === score; at += 1) {
          const entry = entries[at] as Entry;
          const weight = entry.weight * (times[entry.group] ?? 0);
          if (entry.hostile) hostileHere += weight;
          else benignHere += weight;
        }
        pairs += hostileHere * (benign - benignAbove - benignHere / 2);
        hostileAbove += hostileHere;
        benignAbove += benignHere;
        if (hostileHere > 0) {
          precisions += hostileHere * (hostileAbove / (hostileAbove + benignAbove));
        }
      }
      return { averagePrecision: precisions / hostile, rocAuc: pairs / (hostile * benign) };
    },
  };
}
