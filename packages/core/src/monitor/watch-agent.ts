import type { CaptureAgent } from "../contracts/capture-agent.js";

const maxBatch = 1_000;
const flushMs = 20;

/**
 * Hands an agent's events on in batches until it ends. While a batch is being worked on no more is asked of the
 * agent than fits into the next, so that a slow store slows the agent down.
 */
export async function watchAgent(
  agent: CaptureAgent,
  signal: AbortSignal,
  observe: (events: readonly unknown[]) => Promise<unknown>,
): Promise<void> {
  let batch: unknown[] = [];
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
    for await (const event of agent.capture(signal)) {
      batch.push(event);
      if (batch.length >= maxBatch) await flush();
      else timer ??= setTimeout(flush, flushMs);
      if (failure) break;
    }
  } finally {
    await flush();
  }
  if (failure) throw failure.error;
}
