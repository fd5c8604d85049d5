import type { Delivery } from "../../delivery/delivery.js";
import type { Detection, DetectionKind, Severity } from "../../detection/detection.js";
import type { DetectionStatus, Review } from "../../detection/review.js";
import type { JobKey } from "../../job/job.js";
import type { RepositoryScope } from "../../job/repository-scope.js";
import type { RunKey } from "../../run/run.js";
import type { Page, PageQuery } from "../page.js";

export interface RecordDetection {
  detection: Detection;
  /** Stored with the detection, or not at all. */
  deliveries: readonly Delivery[];
  /** The revision of the baseline that the detection was decided on. */
  baselineRevision: number;
  /** The revision of the suppression rules that it was decided on; unset if they do not matter. */
  suppressionRevision?: number;
}

/**
 * What became of a detection that was to be recorded.
 *
 * - `recorded`: it is new, and the caller is the only one ever to be told so.
 * - `known`: this job has one of this kind and subject; `detection` is that one.
 * - `stale`: the baseline, or the suppression rules, have moved on since; nothing was stored. Decide again on the newest.
 */
export type RecordOutcome =
  | { outcome: "recorded"; detection: Detection }
  | { outcome: "known"; detection: Detection }
  | { outcome: "stale" };

/** A review, and the deliveries that tell of it. */
export interface ReviewDecision {
  review: Review;
  deliveries: readonly Delivery[];
}

export interface DetectionQuery extends PageQuery {
  jobKey?: JobKey;
  /** Detections first shown by this run. */
  runKey?: RunKey;
  status?: DetectionStatus;
  kind?: DetectionKind;
  /** Detections as bad as this, or worse. */
  minimumSeverity?: Severity;
  /** Only of this {@link Detection.subject}. */
  subject?: string;
  /** Only detections of these repositories. */
  repositories?: RepositoryScope;
  /** Only detections whose {@link detectionSearchText} holds this; case does not matter. */
  search?: string;
}

export interface DetectionStore {
  /**
   * Records a detection with its deliveries unless its job already has one of its kind and subject.
   *
   * This is the one-time rule: one transaction, over all processes and restarts. An existing detection wins over
   * a stale baseline.
   */
  record(request: RecordDetection): Promise<RecordOutcome>;
  /**
   * Adds a review to a detection in one transaction: its status and `suppressionId` are the review's then, and the deliveries
   * are stored with it or not at all. Answers with the detection as it is now, `undefined` if there is none of this id.
   *
   * `decide` is given the newest, and may be called more than once. If it answers `undefined` or throws, nothing has
   * happened.
   */
  review(
    id: string,
    decide: (detection: Detection) => ReviewDecision | undefined,
  ): Promise<Detection | undefined>;
  get(id: string): Promise<Detection | undefined>;
  /** Detections, the last recorded first. */
  list(query?: DetectionQuery): Promise<Page<Detection>>;
}
