import type { Store } from "../contracts/store.js";
import { compareSeverity, type Detection } from "../detection/detection.js";
import { StraycallError } from "../straycall-error.js";
import { bundleReason } from "./bundle.js";
import type { Delivery } from "./delivery.js";
import { type Links, linksOf } from "./links.js";
import type { Notification, ReviewNotice } from "./notification.js";

/** What a batch of deliveries has to tell, and which of them tell nothing any more. */
export interface Composed {
  notification?: Notification;
  /** Of detections that were suppressed before they were told. */
  silenced: Delivery[];
}

/** Puts together what a batch has to tell. Throws NOT_FOUND if a detection is gone. */
export async function composeNotification(
  batch: readonly Delivery[],
  store: Pick<Store, "detections">,
  links: Links,
): Promise<Composed> {
  const silenced: Delivery[] = [];
  const told: Detection[] = [];
  for (const delivery of batch) {
    const detection = await detectionOf(delivery, store);
    if (detection.status === "suppressed") silenced.push(delivery);
    else told.push(detection);
  }
  // The sort is stable: of equals the one that was made first.
  const [worst, ...others] = told
    .toSorted((one, other) => compareSeverity(other.severity, one.severity))
    .map((detection) => ({ detection, links: linksOf(detection, links) }));
  const [first] = batch;
  if (first === undefined || worst === undefined) return { silenced };
  const together = bundleReason(first.bundle);
  const notification: Notification = {
    idempotencyKey: first.batch ?? first.id,
    ...worst,
    ...(others.length > 0 ? { others } : {}),
    ...(together === undefined ? {} : { together }),
  };
  return { notification, silenced };
}

/** Puts together what a review's delivery has to tell; `undefined` if the review is gone. */
export async function composeReviewNotice(
  delivery: Delivery,
  store: Pick<Store, "detections" | "deliveries">,
  links: Links,
): Promise<ReviewNotice | undefined> {
  const detection = await detectionOf(delivery, store);
  const review = detection.reviews?.[delivery.review ?? -1];
  if (review === undefined) return undefined;
  const own = (await store.deliveries.list(detection.id)).find(
    ({ notifier, review }) => notifier === delivery.notifier && review === undefined,
  );
  return {
    idempotencyKey: delivery.id,
    detection,
    links: linksOf(detection, links),
    review,
    ...(own?.receipt === undefined ? {} : { receipt: own.receipt }),
  };
}

async function detectionOf(
  { detectionId }: Delivery,
  { detections }: Pick<Store, "detections">,
): Promise<Detection> {
  const detection = await detections.get(detectionId);
  if (detection === undefined) {
    throw new StraycallError("NOT_FOUND", `there is no detection ${detectionId}`);
  }
  return detection;
}
