import type { FeatureRows } from "./feature-rows.js";

/** The smallest and largest value of each feature that was learned. */
export interface LearnedRange {
  lows: Float32Array;
  highs: Float32Array;
}

export function learnedRange({ count, features, values }: FeatureRows): LearnedRange {
  const lows = values.slice(0, features);
  const highs = values.slice(0, features);
  for (let at = features; at < count * features; at += 1) {
    const feature = at % features;
    const value = values[at] as number;
    if (value < (lows[feature] as number)) lows[feature] = value;
    if (value > (highs[feature] as number)) highs[feature] = value;
  }
  return { lows, highs };
}

/**
 * Probability that the first random cut of a tree that held this row too would part it from all that was
 * learned: 0 inside of the range.
 */
export function chanceOfFirstCut({ lows, highs }: LearnedRange, row: Float32Array): number {
  let sum = 0;
  let differing = 0;
  for (let feature = 0; feature < row.length; feature += 1) {
    const low = lows[feature] as number;
    const high = highs[feature] as number;
    const value = row[feature] as number;
    const beyond = value < low ? low - value : value > high ? value - high : 0;
    const width = high - low + beyond;
    if (width === 0) continue;
    differing += 1;
    sum += beyond / width;
  }
  return differing === 0 ? 0 : sum / differing;
}
