import type { Detection } from "../detection/detection.js";

/** What a notifier is asked to tell. */
export interface Notification {
  /** The same for every attempt at the same delivery: send it along where the receiver can use it. */
  idempotencyKey: string;
  detection: Detection;
  /** Pages to link to, where the monitor was told how to make links. */
  links: { detection?: string; run?: string };
}
