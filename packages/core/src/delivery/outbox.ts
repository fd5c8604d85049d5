import { ulid } from "ulid";
import { notifierLane } from "./notifier-lane.js";
import type { OutboxOptions } from "./outbox-options.js";

/** Sends the store's due deliveries, each notifier at its own pace. */
export interface Outbox {
  /** Looks for due deliveries now rather than at the next tick. */
  wake(): void;
  /** Resolves when nothing is due any more, or those who do not answer are left alone for a while. */
  idle(): Promise<void>;
  /** Until when each receiver that is left alone is, epoch milliseconds, by notifier. */
  paused(): ReadonlyMap<string, number>;
  /** Sends what is due, waits for what is under way at most `graceMs`, then stops and gives back the rest. */
  close(graceMs?: number): Promise<void>;
}

/** Other processes' deliveries, and retries, are found by looking this often. */
const pollMs = 1_000;

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
    paused: () =>
      new Map(
        lanes.flatMap(({ name, pausedUntil }) =>
          pausedUntil === undefined ? [] : [[name, pausedUntil] as const],
        ),
      ),
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
