import type { OutlierModel, OutlierScorer } from "../contracts/outlier-scorer.js";
import type { JobKey } from "../job/job.js";
import { maxTrafficFeature, trafficFeatureCount } from "./traffic-features.js";

/** A model of one half of the rows, and what it says of the other. */
export interface FittedOutliers {
  /** `OutlierScorer.name` of the scorer whose model it is. */
  scorer: string;
  /** The run after which it was fitted. */
  run: number;
  /** As `OutlierModel.save` gave it. */
  model: string;
  /** Scores of rows that it did not learn from, in thousandths. */
  calibration: readonly number[];
}

/** With fewer no score could be rare enough to weigh anything. */
const leastRows = 64;
/** Ten times what a hundred trees take; longer models are not kept. */
export const maxModelLength = 524_288;

/** `undefined` if there are too few rows. */
export function fitOutliers(
  rows: readonly (readonly number[])[],
  { scorer, jobKey, run }: { scorer: OutlierScorer; jobKey: JobKey; run: number },
): FittedOutliers | undefined {
  if (rows.length < leastRows) return undefined;
  const [learned, others] = [0, 1].map((half) => rows.filter((_, at) => at % 2 === half));
  const model = scorer.fit(learned ?? [], seedOf(jobKey));
  const saved = model.save();
  if (saved.length > maxModelLength) return undefined;
  const calibration = (others ?? []).map((row) => outlierScore(model, row));
  return { scorer: scorer.name, run, model: saved, calibration };
}

/** In thousandths, as scores are kept. */
export function outlierScore(model: OutlierModel, row: readonly number[]): number {
  return Math.round(model.score(row) * 1_000);
}

const loaded = new WeakMap<FittedOutliers, { scorer: OutlierScorer; model?: OutlierModel }>();

/** The model, loaded once; `undefined` if it is of another scorer, or damaged. */
export function fittedModel(
  fitted: FittedOutliers | undefined,
  scorer: OutlierScorer,
): OutlierModel | undefined {
  if (fitted?.scorer !== scorer.name) return undefined;
  const known = loaded.get(fitted);
  if (known?.scorer === scorer) return known.model;
  const model = load(fitted.model, scorer);
  loaded.set(fitted, model === undefined ? { scorer } : { scorer, model });
  return model;
}

function load(saved: string, scorer: OutlierScorer): OutlierModel | undefined {
  try {
    const model = scorer.load(saved);
    // It may be a model of rows of another length.
    model.score(new Array(trafficFeatureCount).fill(maxTrafficFeature));
    return model;
  } catch {
    return undefined;
  }
}

/** FNV-1a over the characters of the key. */
function seedOf(jobKey: JobKey): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < jobKey.length; at += 1) {
    hash = Math.imul(hash ^ jobKey.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}
