import type { Detection } from "../detection/detection.js";
import type { Review } from "../detection/review.js";

export type DeliveryStatus = "pending" | "delivered" | "dead";

/** The record of telling one detection through one notifier. */
export interface Delivery {
  /** See {@link deliveryId}; that of the oldest in its batch is the idempotency key that the receiver sees. */
  id: string;
  detectionId: string;
  notifier: string;
  /** Which review of the detection it tells, an index into `reviews`; unset if it tells the detection itself. */
  review?: number;
  /** Those of one notifier and bundle that are due together are told in one message: `run:<key>`, `digest:2026-01-31`. */
  bundle?: string;
  /** Those that were once sent together, and always will be: the id of the oldest. Set by the store. */
  batch?: string;
  /** Those of one notifier and order are sent one after the other: a run. */
  order?: string;
  status: DeliveryStatus;
  /** Not to be tried before this time, epoch milliseconds. */
  dueAt: number;
  /** How often sending was begun. */
  attempts: number;
  createdAt: number;
  deliveredAt?: number;
  /** What the receiver gave for it: the thread that follow-ups go into. At most 500 characters. */
  receipt?: string;
  /** Why the last attempt failed. */
  lastError?: string;
}

/** Of a detection that was recorded just now: due at once. */
export function dueDelivery(
  { id, recordedAt }: Pick<Detection, "id" | "recordedAt">,
  notifier: string,
): Delivery {
  return {
    id: deliveryId(id, notifier),
    detectionId: id,
    notifier,
    status: "pending",
    dueAt: recordedAt,
    attempts: 0,
    createdAt: recordedAt,
  };
}

/** Of the review that a detection is given next: due at once, after what else its run tells. */
export function reviewDelivery(
  { id, run, reviews = [] }: Pick<Detection, "id" | "run" | "reviews">,
  notifier: string,
  { at }: Pick<Review, "at">,
): Delivery {
  const review = reviews.length;
  return {
    id: deliveryId(id, notifier, review),
    detectionId: id,
    notifier,
    review,
    order: run.key,
    status: "pending",
    dueAt: at,
    attempts: 0,
    createdAt: at,
  };
}

/** `detection:notifier`, `detection:notifier:review-3` */
export function deliveryId(detectionId: string, notifier: string, review?: number): string {
  const id = `${detectionId}:${notifier}`;
  return review === undefined ? id : `${id}:review-${review}`;
}
