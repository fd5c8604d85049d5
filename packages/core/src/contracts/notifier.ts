import type { Notification } from "../delivery/notification.js";

/** Tells people. */
export interface Notifier {
  /** Keys the delivery record: keep it stable, or pending deliveries wait for the old name for ever. */
  readonly name: string;
  /**
   * Delivers one notification and returns when the receiver has it.
   *
   * Throw if it was not delivered, and it is tried again later with the same `idempotencyKey`. Give up when
   * `signal` aborts.
   */
  notify(notification: Notification, signal: AbortSignal): Promise<void>;
}
