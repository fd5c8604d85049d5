import type { Detection } from "../detection/detection.js";
import type { Review } from "../detection/review.js";

/** Pages to link to, where the monitor was told how to make links. */
export interface DetectionLinks {
  detection?: string;
  run?: string;
}

/** A detection and where to read more of it. */
export interface ToldDetection {
  detection: Detection;
  links: DetectionLinks;
}

/**
 * Why one message tells several detections: they are of one run, of one day, or the same was seen in many jobs.
 */
export type Together = "run" | "digest" | "fleet";

/** What a notifier is asked to tell: one detection, or the worst of several. */
export interface Notification extends ToldDetection {
  /** The same for every attempt at the same delivery: send it along where the receiver can use it. */
  idempotencyKey: string;
  /** All others that this message tells, the worst first. */
  others?: readonly ToldDetection[];
  /** Set if there are others, or would be. */
  together?: Together;
  /** Somebody tries the channel: nothing was called. */
  isTest?: true;
}

/** What a notifier is asked to tell of a detection that it told before. */
export interface ReviewNotice extends ToldDetection {
  /** As of a notification. */
  idempotencyKey: string;
  /** The review; the detection is as it is now, perhaps after later ones. */
  review: Review;
  /** What the receiver gave for the detection. */
  receipt?: string;
}
