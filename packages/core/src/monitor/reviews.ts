import { reviewDetection } from "../baseline/review-detection.js";
import type { Notifier } from "../contracts/notifier.js";
import type { ReviewDecision } from "../contracts/store/detection-store.js";
import type { Store } from "../contracts/store.js";
import { type Delivery, reviewDelivery } from "../delivery/delivery.js";
import type { Detection } from "../detection/detection.js";
import type { Review } from "../detection/review.js";
import { parseReview, type ReviewRequest, statusAfter } from "../detection/review-request.js";
import { StraycallError } from "../straycall-error.js";

export interface ReviewsOptions {
  store: Store;
  notifiers: readonly Notifier[];
  now: () => number;
}

/** Takes down what becomes of detections, and tells those who were told of them. */
export interface Reviews {
  /** Throws CONFIG_INVALID naming the field, NOT_FOUND if there is no such detection. */
  review(id: string, request: ReviewRequest): Promise<Detection>;
  /**
   * Adds a review made by a rule. `decide` answers what it is, `undefined` to leave the detection. Answers the detection if
   * it was reviewed.
   */
  reviewBy(
    id: string,
    decide: (detection: Detection) => Review | undefined,
    more?: readonly Delivery[],
  ): Promise<Detection | undefined>;
}

export function reviews({ store, notifiers, now }: ReviewsOptions): Reviews {
  const followers = new Set(
    notifiers.filter(({ reviewed }) => reviewed !== undefined).map(({ name }) => name),
  );

  const reviewBy: Reviews["reviewBy"] = async (id, decide, more = []) => {
    const made = await store.deliveries.list(id);
    const told = new Set(made.map(({ notifier }) => notifier));
    let isReviewed = false;
    const detection = await store.detections.review(id, (current): ReviewDecision | undefined => {
      const review = decide(current);
      isReviewed = review !== undefined;
      if (review === undefined) return undefined;
      const follow = [...followers]
        .filter((notifier) => told.has(notifier))
        .map((notifier) => reviewDelivery(current, notifier, review));
      return { review, deliveries: [...more, ...follow] };
    });
    return isReviewed ? detection : undefined;
  };

  return {
    reviewBy,
    async review(id, given) {
      const { action, by, note } = parseReview(given);
      const status = statusAfter[action];
      const detection = await reviewBy(id, () => ({
        ...{ action, status, at: now(), by },
        ...(note === undefined ? {} : { note }),
      }));
      if (detection === undefined) {
        throw new StraycallError("NOT_FOUND", `there is no detection ${id}`);
      }
      // From the next run on it counts as evidence.
      if (action !== "reopen" && (await store.baselines.revision(detection.jobKey)) > 0) {
        await store.baselines.change(detection.jobKey, (baseline) => {
          if (baseline) return reviewDetection(baseline, detection);
          throw new StraycallError("NOT_FOUND", `there is no baseline ${detection.jobKey}`);
        });
      }
      return detection;
    },
  };
}
