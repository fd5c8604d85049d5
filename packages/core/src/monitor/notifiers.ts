import type { Notifier } from "../contracts/notifier.js";
import type { DeliveryCounts } from "../contracts/store/delivery-store.js";
import type { Store } from "../contracts/store.js";
import type { Outbox } from "../delivery/outbox.js";
import { testNotification } from "../delivery/test-notification.js";
import { StraycallError } from "../straycall-error.js";

/** What a notifier has to tell, and whether its receiver is there. */
export interface NotifierState extends DeliveryCounts {
  /** The monitor has none of this name: what is pending waits for it. */
  isMissing?: true;
  /** It has no use for reviews unless this is set. */
  tellsReviews?: true;
  /** Until when the receiver is left alone, epoch milliseconds: it is away, or asked for it. */
  pausedUntil?: number;
}

/** The monitor's notifiers, to look after. */
export interface Notifiers {
  /** Of each notifier that there is, or that something is still to be told through. */
  states(): Promise<NotifierState[]>;
  /**
   * Sends a message that says it is a test, at once and once.
   *
   * @throws StraycallError NOT_FOUND if there is no such notifier, NOTIFY_FAILED if it was not delivered
   */
  try(name: string): Promise<void>;
  /** Tries a delivery that was given up again, with those that are told with it. `false` if there is no such one. */
  revive(deliveryId: string): Promise<boolean>;
}

export interface NotifiersOptions {
  store: Store;
  notifiers: readonly Notifier[];
  outbox: Outbox;
  now: () => number;
}

const tryTimeoutMs = 30_000;

export function notifiersOf({ store, notifiers, outbox, now }: NotifiersOptions): Notifiers {
  return {
    async states() {
      const counts = new Map(
        (await store.deliveries.counts()).map((each) => [each.notifier, each]),
      );
      const paused = outbox.paused();
      const own = notifiers.map(({ name, reviewed }): NotifierState => {
        const until = paused.get(name);
        return {
          ...(counts.get(name) ?? { notifier: name, pending: 0, delivered: 0, dead: 0 }),
          ...(reviewed ? { tellsReviews: true } : {}),
          ...(until === undefined ? {} : { pausedUntil: until }),
        };
      });
      const names = new Set(notifiers.map(({ name }) => name));
      const missing = [...counts.values()]
        .filter(({ notifier, pending }) => pending > 0 && !names.has(notifier))
        .map((each): NotifierState => ({ ...each, isMissing: true }));
      return [...own, ...missing];
    },
    async try(name) {
      const notifier = notifiers.find((each) => each.name === name);
      if (notifier === undefined) {
        throw new StraycallError("NOT_FOUND", `no notifier is called ${name}`);
      }
      try {
        await notifier.notify(testNotification(name, now()), AbortSignal.timeout(tryTimeoutMs));
      } catch (cause) {
        if (cause instanceof StraycallError) throw cause;
        const message = cause instanceof Error ? cause.message : String(cause);
        throw new StraycallError("NOTIFY_FAILED", message, { cause });
      }
    },
    async revive(id) {
      const isRevived = await store.deliveries.revive(id, now());
      if (isRevived) outbox.wake();
      return isRevived;
    },
  };
}
