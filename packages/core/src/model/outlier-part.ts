import type { BaselineIndex } from "../baseline/baseline-index.js";
import { fittedModel, outlierScore } from "../baseline/fitted-outliers.js";
import type { RunTraffic, Traffic } from "../baseline/traffic.js";
import { trafficFeatures } from "../baseline/traffic-features.js";
import type { OutlierScorer } from "../contracts/outlier-scorer.js";
import type { ScorePart } from "./assessment.js";
import { conformalBits, usualBits } from "./conformal-bits.js";
import { scorePart } from "./score.js";

/**
 * Whether bytes, calls and time go together as they never do in this job. 128 scores are kept to compare with, so it
 * weighs 2 bits at most.
 */
export function outlierPart(
  program: string,
  amounts: RunTraffic,
  usual: Traffic,
  { baseline }: BaselineIndex,
  scorer: OutlierScorer,
): ScorePart | undefined {
  const fitted = baseline?.outliers?.fitted;
  const model = fittedModel(fitted, scorer);
  if (fitted === undefined || model === undefined) return undefined;
  const score = outlierScore(model, trafficFeatures(amounts, usual));
  const all = fitted.calibration.length;
  const asGreat = fitted.calibration.filter((other) => other >= score).length;
  const bits = Math.max(0, conformalBits(asGreat, all) - usualBits);
  const text = `Bytes, calls and time of ${program} go together more strangely than ${all - asGreat} of ${all} times.`;
  return scorePart("outlier", "strange-combination", bits, text);
}
