import type { CaptureAgent } from "../contracts/capture-agent.js";
import type { CaptureEvent } from "../events/event.js";
import { parseEvents, type RejectedEvent } from "../events/parse-events.js";

const maxBatch = 1_000;
const flushMs = 20;

/**
 * Hands an agent's events on in batches until it ends. While a batch is being worked on no more is asked of the
 * agent than fits into the next, so that a slow store slows the agent down.
 */
export async function watchAgent(
  agent: CaptureAgent,
  signal: AbortSignal,
  observe: (events: readonly CaptureEvent[]) => Promise<unknown>,
): Promise<RejectedEvent[]> {
  const rejected: RejectedEvent[] = [];
  let batch: CaptureEvent[] = [];
  let working: Promise<unknown> = Promise.resolve();
  let failure: { error: unknown } | undefined;
  let timer: NodeJS.Timeout | undefined;

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const events = batch;
    batch = [];
    working = working
      .then(() => observe(events))
      .catch((error: unknown) => {
        failure ??= { error };
      });
    return working;
  };

  try {
    for await (const raw of agent.capture(signal)) {
      const parsed = parseEvents([raw]);
      batch.push(...parsed.events);
      if (rejected.length < 100) rejected.push(...parsed.rejected);
      if (batch.length >= maxBatch) await flush();
      else timer ??= setTimeout(flush, flushMs);
      if (failure) break;
    }
  } finally {
    await flush();
  }
  if (failure) throw failure.error;
  return rejected;
}
