import type { Notifier } from "../contracts/notifier.js";
import type { Delivery } from "./delivery.js";
import type { OutboxOptions } from "./outbox-options.js";
import { receiverCircuit } from "./receiver-circuit.js";
import { attemptTimeoutMs, batchSender } from "./send-batch.js";

/** One notifier's deliveries: a slow receiver holds up nobody else's. */
export interface NotifierLane {
  readonly name: string;
  /** Sends what is due; resolves when nothing is, or when the receiver is to be left alone. */
  run(): Promise<void>;
  /** Until when the receiver is left alone, epoch milliseconds. */
  readonly pausedUntil: number | undefined;
}

/** Longer than two attempts: a lease ends only when its owner died. */
const leaseMs = 90_000;
const batchesAtOnce = 20;

export function notifierLane(
  notifier: Notifier,
  owner: string,
  stop: AbortSignal,
  options: OutboxOptions,
): NotifierLane {
  const { store, logger, now } = options;
  const { name } = notifier;
  const circuit = receiverCircuit(now);
  const send = batchSender(notifier, owner, stop, circuit, options);
  let running: Promise<void> | undefined;
  let again = false;

  const giveBack = async (batches: readonly Delivery[][]) => {
    const ids = batches.flat().map(({ id }) => id);
    if (ids.length > 0) await store.deliveries.release(ids, owner);
  };

  /** Sends batches that stand in one line, one after the other; behind one that was not sent all are given back. */
  const sendInOrder = async (line: readonly Delivery[][], leaseUntil: number) => {
    for (const [at, batch] of line.entries()) {
      const isTimeLeft = leaseUntil - now() > attemptTimeoutMs;
      if (stop.aborted || !isTimeLeft || !(await send(batch))) {
        const isTried = !stop.aborted && isTimeLeft;
        return giveBack(line.slice(isTried ? at + 1 : at));
      }
    }
  };

  /** Answers whether there may be more. */
  const sendSome = async (): Promise<boolean> => {
    const allowance = circuit.allowance();
    if (stop.aborted || allowance === "none") return false;
    const leaseUntil = now() + leaseMs;
    const due = await store.deliveries.claim({
      notifiers: [name],
      owner,
      now: now(),
      leaseUntil,
      limit: allowance === "one" ? 1 : batchesAtOnce,
    });
    await Promise.all(linesOf(batchesOf(due)).map((line) => sendInOrder(line, leaseUntil)));
    return due.length > 0;
  };

  const sendDue = async () => {
    do {
      again = false;
      while (await sendSome());
    } while (again && !stop.aborted && circuit.allowance() !== "none");
  };

  return {
    name,
    run() {
      if (running) {
        again = true;
        return running;
      }
      running = sendDue()
        .catch((error: unknown) => logger.error({ notifier: name, err: error }, "outbox failed"))
        .finally(() => {
          running = undefined;
        });
      return running;
    },
    get pausedUntil() {
      return circuit.pausedUntil;
    },
  };
}

/** Puts what is told in one message together. */
function batchesOf(deliveries: readonly Delivery[]): Delivery[][] {
  const batches = new Map<string, Delivery[]>();
  for (const delivery of deliveries) {
    const key = delivery.batch ?? delivery.id;
    batches.set(key, [...(batches.get(key) ?? []), delivery]);
  }
  return [...batches.values()];
}

/** Puts what is sent one after the other together; what has no order is a line of its own. */
function linesOf(batches: readonly Delivery[][]): Delivery[][][] {
  const lines = new Map<string, Delivery[][]>();
  for (const batch of batches) {
    const [first] = batch;
    const key = first?.order === undefined ? `alone ${first?.id}` : `order ${first.order}`;
    lines.set(key, [...(lines.get(key) ?? []), batch]);
  }
  return [...lines.values()];
}
