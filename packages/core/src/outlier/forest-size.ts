import { StraycallError } from "../straycall-error.js";

export const maxTrees = 1_000;
export const maxSampleSize = 1_024;

export interface ForestSize {
  /** Default 100: more change little (Liu, Ting & Zhou, 2008). At most 1,000. */
  trees?: number;
  /** Rows that each tree learns from, fewer where there are fewer. Default 256, as in the paper; at most 1,024. */
  sampleSize?: number;
}

/** Fills in the defaults. Throws CONFIG_INVALID. */
export function checkForestSize({
  trees = 100,
  sampleSize = 256,
}: ForestSize): Required<ForestSize> {
  checkInteger("trees", trees, 1, maxTrees);
  checkInteger("sampleSize", sampleSize, 2, maxSampleSize);
  return { trees, sampleSize };
}

function checkInteger(field: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const problem = `${field} must be a whole number from ${least} to ${most}`;
  throw new StraycallError("CONFIG_INVALID", problem, { field });
}
