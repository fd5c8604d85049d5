import type { Delivery } from "../../delivery/delivery.js";
import type { Detection, DetectionStatus } from "../../detection/detection.js";
import type { JobKey } from "../../job/job.js";
import type { RunKey } from "../../run/run.js";
import type { Page, PageQuery } from "../page.js";

export interface RecordDetection {
  detection: Detection;
  /** Stored with the detection, or not at all. */
  deliveries: readonly Delivery[];
  /** The revision of the baseline that the detection was decided on. */
  baselineRevision: number;
}

/**
 * What became of a detection that was to be recorded.
 *
 * - `recorded`: it is new, and the caller is the only one ever to be told so.
 * - `known`: this job has one of this kind and subject; `detection` is that one.
 * - `stale`: the baseline has moved on since; nothing was stored. Decide again on the newest.
 */
export type RecordOutcome =
  | { outcome: "recorded"; detection: Detection }
  | { outcome: "known"; detection: Detection }
  | { outcome: "stale" };

export interface DetectionQuery extends PageQuery {
  jobKey?: JobKey;
  /** Detections first shown by this run. */
  runKey?: RunKey;
  status?: DetectionStatus;
}

export interface DetectionStore {
  /**
   * Records a detection with its deliveries unless its job already has one of its kind and subject.
   *
   * This is the one-time rule: one transaction, over all processes and restarts. An existing detection wins over
   * a stale baseline.
   */
  record(request: RecordDetection): Promise<RecordOutcome>;
  get(id: string): Promise<Detection | undefined>;
  /** Detections, the last recorded first. */
  list(query?: DetectionQuery): Promise<Page<Detection>>;
}
