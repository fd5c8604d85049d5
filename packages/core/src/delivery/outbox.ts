import { ulid } from "ulid";
import type { Logger } from "../contracts/logger.js";
import type { Notifier } from "../contracts/notifier.js";
import type { Store } from "../contracts/store.js";
import { StraycallError } from "../straycall-error.js";
import type { Delivery } from "./delivery.js";
import type { Links } from "./links.js";
import { notificationFor } from "./links.js";
import { type RetrySchedule, retryDelay } from "./retry-schedule.js";

export interface OutboxOptions {
  store: Store;
  notifiers: readonly Notifier[];
  links: Links;
  retry: RetrySchedule;
  logger: Logger;
  now: () => number;
}

/** Sends the store's due deliveries, each notifier at its own pace. */
export interface Outbox {
  /** Looks for due deliveries now rather than at the next tick. */
  wake(): void;
  /** Resolves when nothing is due any more. */
  idle(): Promise<void>;
  /** Sends what is due, waits for what is under way at most `graceMs`, then stops. */
  close(graceMs?: number): Promise<void>;
}

/** Other processes' deliveries, and retries, are found by looking this often. */
const pollMs = 1_000;
const attemptTimeoutMs = 30_000;
/** Longer than an attempt: a lease ends only when its owner died. */
const leaseMs = 60_000;
const batchSize = 20;
const minAttempts = 5;
const markAttempts = 20;
const markPauseMs = 1_000;

export function createOutbox(options: OutboxOptions): Outbox {
  const owner = ulid();
  const stop = new AbortController();
  const lanes = options.notifiers.map((notifier) =>
    notifierLane(notifier, owner, stop.signal, options),
  );
  const timer = setInterval(() => wake(), pollMs);
  timer.unref();
  let closed = false;

  const wake = () => {
    for (const lane of lanes) void lane.run();
  };
  const idle = async () => {
    await Promise.all(lanes.map((lane) => lane.run()));
  };
  if (lanes.length > 0) queueMicrotask(wake);

  return {
    wake,
    idle,
    async close(graceMs = 10_000) {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      const grace = setTimeout(() => stop.abort(), graceMs);
      await idle();
      stop.abort();
      clearTimeout(grace);
    },
  };
}

/** Rejects when the signal aborts: not every notifier heeds it. */
function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(new StraycallError("NOTIFY_FAILED", "it took too long"));
    if (signal.aborted) fail();
    else signal.addEventListener("abort", fail, { once: true });
  });
}

/** One notifier's deliveries: a slow receiver holds up nobody else's. */
function notifierLane(
  notifier: Notifier,
  owner: string,
  stop: AbortSignal,
  { store, links, retry, logger, now }: OutboxOptions,
) {
  let running: Promise<void> | undefined;
  let again = false;

  const deliver = async (delivery: Delivery) => {
    const fields = { delivery: delivery.id, notifier: notifier.name, attempt: delivery.attempts };
    try {
      const notification = await notificationFor(delivery, store, links);
      const signal = AbortSignal.any([stop, AbortSignal.timeout(attemptTimeoutMs)]);
      await Promise.race([notifier.notify(notification, signal), rejectionOf(signal)]);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      // Age alone is not enough: the service itself may have been away.
      const isOld = now() - delivery.createdAt >= retry.giveUpAfterMs;
      const isDead = isOld && delivery.attempts >= minAttempts;
      await store.deliveries.failed([delivery.id], owner, {
        error: message.slice(0, 2000),
        ...(isDead ? {} : { retryAt: now() + retryDelay(delivery.attempts, retry) }),
      });
      if (isDead) logger.error({ ...fields, err: error }, "delivery given up");
      else logger.warn({ ...fields, err: error }, "delivery failed, will be tried again");
      return;
    }
    const marked = await markDelivered(delivery.id);
    if (marked) logger.info(fields, "delivered");
    else logger.warn(fields, "delivered, but its lease had run out: it may be repeated");
  };

  /** What was sent must be noted, or it is sent again: tried for as long as the lease may hold. */
  const markDelivered = async (id: string): Promise<boolean> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await store.deliveries.delivered([id], owner, now())) > 0;
      } catch (error) {
        if (attempt === markAttempts || stop.aborted) throw error;
        await new Promise((resolve) => setTimeout(resolve, markPauseMs));
      }
    }
  };

  const sendDue = async () => {
    do {
      again = false;
      for (;;) {
        if (stop.aborted) return;
        const due = await store.deliveries.claim({
          notifiers: [notifier.name],
          owner,
          now: now(),
          leaseUntil: now() + leaseMs,
          limit: batchSize,
        });
        if (due.length === 0) break;
        // Sent side by side, so that every attempt ends well before its lease does.
        await Promise.all(due.map(deliver));
      }
    } while (again);
  };

  return {
    run(): Promise<void> {
      if (running) {
        again = true;
        return running;
      }
      running = sendDue()
        .catch((error: unknown) =>
          logger.error({ notifier: notifier.name, err: error }, "outbox failed"),
        )
        .finally(() => {
          running = undefined;
        });
      return running;
    },
  };
}
