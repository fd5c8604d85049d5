import type { Notification, ReviewNotice } from "../delivery/notification.js";
import type { RunReport } from "../monitor/run-report.js";

/** What a receiver gave for a message, to find it again. */
export interface Receipt {
  /** Kept with the delivery, and given to `reviewed`: a thread, the id of a message. At most 500 characters. */
  receipt: string;
}

/** Tells people. */
export interface Notifier {
  /** Keys the delivery record: keep it stable, or pending deliveries wait for the old name for ever. */
  readonly name: string;
  /**
   * Delivers one notification and returns when the receiver has it.
   *
   * Throw if it was not delivered, and it is tried again later with the same `idempotencyKey`; with `retryAfterMs` in the
   * error not before that. Give up when `signal` aborts.
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: most notifiers have nothing to give.
  notify(notification: Notification, signal: AbortSignal): Promise<Receipt | void>;
  /**
   * Tells that somebody reviewed a detection which it told before: into the same thread, onto the same check. Promises as
   * above. Leave it out where nobody needs to hear that.
   */
  reviewed?(notice: ReviewNotice, signal: AbortSignal): Promise<void>;
  /**
   * Told once of every run that has ended, also of one that has nothing to tell: for a check that passed.
   *
   * Nothing keeps this: it is tried once, and lost if it fails or the process dies. Detections come by `notify`.
   */
  runFinished?(report: RunReport, signal: AbortSignal): Promise<void>;
}
