import type { Maturity } from "../baseline/maturity.js";
import type { Detection } from "../detection/detection.js";
import type { RunRecord } from "../run/run.js";

/** What became of a run. */
export interface RunReport {
  run: RunRecord;
  /** Detections that this run was the first to show. */
  detections: Detection[];
  /** The job's baseline, this run included. */
  baseline: { runs: number; endpoints: number; maturity: Maturity };
}
