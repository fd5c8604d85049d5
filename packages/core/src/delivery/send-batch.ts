import type { Notifier, Receipt } from "../contracts/notifier.js";
import { StraycallError } from "../straycall-error.js";
import { composeNotification, composeReviewNotice } from "./compose-notification.js";
import type { Delivery } from "./delivery.js";
import type { OutboxOptions } from "./outbox-options.js";
import { type ReceiverCircuit, retryAfterOf } from "./receiver-circuit.js";
import { retryDelay } from "./retry-schedule.js";

export const attemptTimeoutMs = 30_000;
const minAttempts = 5;
const markAttempts = 20;
const markPauseMs = 1_000;
const maxErrorLength = 2_000;
const maxReceiptLength = 500;

/**
 * Sends one batch and writes down what became of it. Answers whether the next of its line may follow: it was delivered, or
 * given up.
 */
export type SendBatch = (batch: readonly Delivery[]) => Promise<boolean>;

interface Work {
  silenced: readonly Delivery[];
  tell?: (signal: AbortSignal) => ReturnType<Notifier["notify"]>;
}

export function batchSender(
  notifier: Notifier,
  owner: string,
  stop: AbortSignal,
  circuit: ReceiverCircuit,
  { store, links, retry, logger, now }: Omit<OutboxOptions, "notifiers">,
): SendBatch {
  /** What is left to do for a batch: nothing, if all it had to tell was suppressed meanwhile. */
  const workOf = async (batch: readonly Delivery[]): Promise<Work> => {
    const [first] = batch;
    if (first?.review !== undefined) {
      const notice = await composeReviewNotice(first, store, links);
      const { reviewed } = notifier;
      if (notice === undefined || reviewed === undefined) return { silenced: [] };
      return { silenced: [], tell: (signal) => reviewed.call(notifier, notice, signal) };
    }
    const { notification, silenced } = await composeNotification(batch, store, links);
    if (notification === undefined) return { silenced };
    return { silenced, tell: (signal) => notifier.notify(notification, signal) };
  };

  /** Sends it. Answers what the receiver gave, or `undefined` if the receiver is to be left alone. */
  const attempt = async (
    batch: readonly Delivery[],
  ): Promise<{ silenced: readonly Delivery[]; receipt?: string } | undefined> => {
    const { silenced, tell } = await workOf(batch);
    if (tell === undefined) return { silenced };
    let given: Receipt | undefined;
    const signal = AbortSignal.any([stop, AbortSignal.timeout(attemptTimeoutMs)]);
    const isMade = await circuit.attempt(async () => {
      given = (await Promise.race([tell(signal), rejectionOf(signal)])) ?? undefined;
    });
    if (!isMade) return undefined;
    return given ? { silenced, receipt: given.receipt.slice(0, maxReceiptLength) } : { silenced };
  };

  /** Before anything else, what was sent: until that is written down a crash repeats it. */
  const noteSuccess = async (
    batch: readonly Delivery[],
    { silenced, receipt }: { silenced: readonly Delivery[]; receipt?: string },
  ) => {
    const isSilenced = new Set(silenced.map(({ id }) => id));
    await markDelivered(
      batch.filter(({ id }) => !isSilenced.has(id)),
      receipt,
    );
    if (silenced.length === 0) return;
    const error = "the detection was suppressed before it was told";
    await store.deliveries.failed([...isSilenced], owner, { error });
  };

  const noteFailure = async (batch: readonly Delivery[], error: unknown): Promise<boolean> => {
    const [first] = batch;
    if (first === undefined) return true;
    const fields = { delivery: first.id, notifier: notifier.name, attempt: first.attempts };
    const message = error instanceof Error ? error.message : String(error);
    // Age alone is not enough: the service itself may have been away.
    const isOld = now() - first.createdAt >= retry.giveUpAfterMs;
    const isDead = isOld && first.attempts >= minAttempts;
    const wait = Math.max(retryDelay(first.attempts, retry), retryAfterOf(error) ?? 0);
    await store.deliveries.failed(
      batch.map(({ id }) => id),
      owner,
      { error: message.slice(0, maxErrorLength), ...(isDead ? {} : { retryAt: now() + wait }) },
    );
    if (isDead) logger.error({ ...fields, err: error }, "delivery given up");
    else logger.warn({ ...fields, err: error }, "delivery failed, will be tried again");
    return isDead;
  };

  /** What was sent must be noted, or it is sent again: tried for as long as the lease may hold. */
  const markDelivered = async (batch: readonly Delivery[], receipt: string | undefined) => {
    const [first] = batch;
    if (first === undefined) return;
    const fields = { delivery: first.id, notifier: notifier.name, attempt: first.attempts };
    const ids = batch.map(({ id }) => id);
    for (let attempt = 1; ; attempt += 1) {
      try {
        const held = await store.deliveries.delivered(ids, owner, now(), receipt);
        if (held === ids.length) logger.info({ ...fields, deliveries: held }, "delivered");
        else logger.warn(fields, "delivered, but its lease had run out: it may be repeated");
        return;
      } catch (error) {
        if (attempt === markAttempts || stop.aborted) throw error;
        await new Promise((resolve) => setTimeout(resolve, markPauseMs));
      }
    }
  };

  return async (batch) => {
    let sent: Awaited<ReturnType<typeof attempt>>;
    try {
      sent = await attempt(batch);
    } catch (error) {
      return noteFailure(batch, error);
    }
    // Outside: what cannot be noted was sent all the same, and is no failed attempt.
    if (sent) await noteSuccess(batch, sent);
    else {
      const ids = batch.map(({ id }) => id);
      await store.deliveries.release(ids, owner);
    }
    return sent !== undefined;
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
