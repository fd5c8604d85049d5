import type { OutlierScorer } from "../contracts/outlier-scorer.js";
import type { JobKey } from "../job/job.js";
import { type FittedOutliers, fitOutliers, fittedModel } from "./fitted-outliers.js";

/** What an outlier scorer knows of a job's traffic. All numbers are whole. */
export interface OutlierMemory {
  /** How far each program's traffic at each place lay above the usual in the last runs, the latest last. */
  rows: readonly (readonly number[])[];
  /** Unset until there are enough rows. */
  fitted?: FittedOutliers;
}

export const maxOutlierRows = 256;
/** One run must not be all that is remembered. */
const maxRowsOfRun = maxOutlierRows / 8;
/** Once the memory is full, a model stays for so many runs; until then, until there are an eighth more rows. */
const refitRuns = 8;

/**
 * What is known after one more run, which showed these rows.
 *
 * A model of another scorer, or a damaged one, is fitted anew.
 */
export function learnOutliers(
  before: OutlierMemory | undefined,
  shown: readonly (readonly number[])[],
  by: { scorer: OutlierScorer; jobKey: JobKey; run: number },
): OutlierMemory {
  const rows = [...(before?.rows ?? []), ...inTurn(shown, by.run)].slice(-maxOutlierRows);
  const isFull = rows.length === maxOutlierRows;
  const age = by.run - (before?.fitted?.run ?? 0);
  const fittedRows = 2 * (before?.fitted?.calibration.length ?? 0);
  const isFresh = age >= 0 && (isFull ? age < refitRuns : rows.length < fittedRows * 1.125);
  const stays = isFresh && before && fittedModel(before.fitted, by.scorer) !== undefined;
  const fitted = stays ? before.fitted : fitOutliers(rows, by);
  return { rows, ...(fitted === undefined ? {} : { fitted }) };
}

/** Of a run that shows more rows than one may add, those whose turn it is. */
function inTurn(shown: readonly (readonly number[])[], run: number) {
  if (shown.length <= maxRowsOfRun) return shown;
  const start = (run * maxRowsOfRun) % shown.length;
  return [...shown.slice(start), ...shown.slice(0, start)].slice(0, maxRowsOfRun);
}

/** The rows of both; no model says anything of them until the next run is learned. */
export function mergeOutliers(
  one: OutlierMemory | undefined,
  other: OutlierMemory | undefined,
): OutlierMemory | undefined {
  if (one === undefined && other === undefined) return undefined;
  return { rows: [...(one?.rows ?? []), ...(other?.rows ?? [])].slice(-maxOutlierRows) };
}
