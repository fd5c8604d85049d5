import type { Baseline } from "./baseline.js";

/**
 * How far a baseline can be relied on.
 *
 * - `learning`: too few runs; what is new is not told yet.
 * - `stable`: enough runs, and the last ones brought nothing new.
 * - `changing`: enough runs, but one of the last three brought something new.
 */
export type Maturity = "learning" | "stable" | "changing";

const recentRuns = 3;

export function baselineMaturity(baseline: Baseline | undefined, learningRuns: number): Maturity {
  if (baseline === undefined || baseline.runs < learningRuns) return "learning";
  // Everything is new in the learning runs: that is no change.
  const recent = Math.max(learningRuns, baseline.runs - recentRuns);
  const changed = Object.values(baseline.endpoints).some(({ firstRun }) => firstRun > recent);
  return changed ? "changing" : "stable";
}
