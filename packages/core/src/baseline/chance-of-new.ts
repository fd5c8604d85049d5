import type { GroupChildren } from "./baseline-index.js";

/** Weight of the prior, in runs. */
const priorRuns = 2;
/** A place of which nothing is known: public histories show one to two new endpoints by job and year, of a hundred runs. */
const usualRate = 0.015;

/**
 * How likely the next run that goes somewhere brings something never seen there.
 *
 * Good-Turing's estimate (Good 1953, Biometrika 40), the share of what was seen once, but counted in runs: a run that
 * calls a thousand new hosts brought something new once. One such run is left out, so that none makes a place look
 * restless by itself; a Beta prior stands for what is not known yet.
 */
export function chanceOfNew(
  runsThatBroughtNew: number,
  runs: number,
  priorRate: number = usualRate,
): number {
  const repeated = Math.max(0, runsThatBroughtNew - 1);
  return Math.min(1, (repeated + priorRuns * priorRate) / (runs + priorRuns));
}

/** The same for the children of a group of the baseline. */
export function chanceOfNewChild(children: GroupChildren | undefined, runs: number): number {
  return chanceOfNew(children?.singleRuns ?? 0, runs);
}
