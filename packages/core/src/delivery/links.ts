import type { Store } from "../contracts/store.js";
import type { Detection } from "../detection/detection.js";
import { StraycallError } from "../straycall-error.js";
import type { Delivery } from "./delivery.js";
import type { Notification } from "./notification.js";

/** Makes the links that notifications carry; leave one out and it is not shown. */
export interface Links {
  /** The page that shows a detection. */
  detection?: (detection: Detection) => string;
  /** The page that shows its run. Default: where the CI platform shows it, if that is known. */
  run?: (detection: Detection) => string;
}

/** Puts together what a delivery has to tell. Throws NOT_FOUND if its detection is gone. */
export async function notificationFor(
  delivery: Delivery,
  store: Store,
  links: Links,
): Promise<Notification> {
  const detection = await store.detections.get(delivery.detectionId);
  if (detection === undefined) {
    throw new StraycallError("NOT_FOUND", `there is no detection ${delivery.detectionId}`);
  }
  const run = links.run?.(detection) ?? detection.run.url;
  return {
    idempotencyKey: delivery.id,
    detection,
    links: {
      ...(links.detection ? { detection: links.detection(detection) } : {}),
      ...(run === undefined ? {} : { run }),
    },
  };
}
