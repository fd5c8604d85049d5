import { familyPatternOf } from "../endpoint/endpoint-chain.js";
import type { Baseline } from "./baseline.js";
import { chanceOfNew } from "./chance-of-new.js";

/**
 * How far a baseline can be relied on.
 *
 * - `learning`: too few runs; what is new is not told yet unless it is bad in any job.
 * - `stable`: a new endpoint is expected in fewer than one of ten runs.
 * - `changing`: in more.
 */
export type MaturityLevel = "learning" | "stable" | "changing";

/** What a baseline rests on. */
export interface Maturity {
  level: MaturityLevel;
  /** Runs learned. */
  runs: number;
  /** Probability that the next run calls an endpoint, or a member of a family, that none called so far. */
  chanceOfNew: number;
  /** `about 1 run in 12 brings something new`. */
  text: string;
}

const stableBelow = 0.1;

/** Estimates how mature a baseline is; see `docs/model.md` for the estimate and its source. */
export function baselineMaturity(baseline: Baseline | undefined, learningRuns: number): Maturity {
  const runs = baseline?.runs ?? 0;
  const chance = chanceOfNew(runsWithSingles(baseline), runs);
  const often = Math.round(1 / chance);
  return {
    level: runs < learningRuns ? "learning" : chance < stableBelow ? "stable" : "changing",
    runs,
    chanceOfNew: chance,
    text:
      often <= 1
        ? "nearly every run brings something new"
        : `about 1 run in ${often} brings something new`,
  };
}

/** Runs that called what no other run did. The members of a family count as one thing. */
function runsWithSingles(baseline: Baseline | undefined): number {
  if (baseline === undefined) return 0;
  const runs = new Set<number>();
  for (const endpoint of Object.values(baseline.endpoints)) {
    const isMember = familyPatternOf(endpoint.group ?? "") !== undefined;
    if (endpoint.runs <= 1 && !isMember) runs.add(endpoint.firstRun);
  }
  for (const [key, group] of Object.entries(baseline.groups)) {
    const isFamily = familyPatternOf(key) !== undefined;
    if (group.runs <= 1 && isFamily) runs.add(group.firstRun);
  }
  return runs.size;
}
