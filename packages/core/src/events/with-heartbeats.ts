import { ulid } from "ulid";
import type { CaptureAgent } from "../contracts/capture-agent.js";
import type { CaptureEvent, EventOf } from "./event.js";

export interface HeartbeatOptions {
  /** How often the agent says that it is alive, in milliseconds, 100 to 3,600,000. Default 5,000. */
  everyMs?: number;
}

/**
 * The same agent, but whoever gets its events can tell whether it was killed and whether any are missing: it numbers
 * them, sends `capture.heartbeat`, and says with `capture.stopped` that it ended and why.
 *
 * The ids of its events are replaced; those of connections stay.
 */
export function withHeartbeats(
  agent: CaptureAgent,
  { everyMs = 5_000 }: HeartbeatOptions = {},
): CaptureAgent {
  return { name: agent.name, capture: (signal) => capture(agent, signal, everyMs) };
}

async function* capture(
  agent: CaptureAgent,
  signal: AbortSignal,
  everyMs: number,
): AsyncGenerator<CaptureEvent> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort);
  const row = numberedRow(agent.name, everyMs);
  const beat = alarm();
  const events = agent.capture(stop.signal)[Symbol.asyncIterator]();
  let next = events.next();
  let beatAt = performance.now() + everyMs;
  try {
    for (;;) {
      // Before it has started there is nothing to be heard of.
      const result = row.hasBegun ? await beat.before(next, beatAt) : await next;
      if (result?.done) break;
      if (result !== undefined) {
        yield row.number(result.value);
        next = events.next();
      }
      if (performance.now() < beatAt) continue;
      beatAt = performance.now() + everyMs;
      yield row.heartbeat();
    }
    if (row.hasBegun) {
      yield row.stopped(signal.aborted ? "was told to" : "had nothing more to tell");
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (row.hasBegun) yield row.stopped(`broke: ${why}`);
    throw error;
  } finally {
    signal.removeEventListener("abort", abort);
    beat.clear();
    // It may be waiting for something to happen, and hears of nothing else until then.
    abort();
    next.catch(() => {});
    await events.return?.();
  }
}

/** Waits no longer than until a given time; with one timer for all that comes in the meantime. */
function alarm() {
  let timer: NodeJS.Timeout | undefined;
  let ring = () => {};
  const due = () => {
    timer = undefined;
    ring();
  };
  return {
    /** What the promise gives, or `undefined` if that takes longer than until then. */
    before<T>(promise: Promise<T>, time: number): Promise<T | undefined> {
      timer ??= setTimeout(due, Math.max(0, time - performance.now()));
      return new Promise((resolve, reject) => {
        ring = () => resolve(undefined);
        promise.then(resolve, reject);
      });
    },
    clear: () => clearTimeout(timer),
  };
}

/** Numbers the events of one capture, and counts what it sends. */
function numberedRow(name: string, everyMs: number) {
  const ephemeral_id = ulid();
  const agent = { name, ephemeral_id };
  // Settled once: whoever sets the clock later must not make a gap, or hide one.
  const origin = Date.now() - performance.now();
  let count = 0;
  let lost = 0;

  const envelope = () => {
    const sent = { events: count, lost };
    count += 1;
    return { id: `${ephemeral_id}-${count}`, time: origin + performance.now(), agent, sent };
  };

  return {
    /** What never said that it started need not say that it stopped. */
    get hasBegun() {
      return count > 0;
    },
    number(event: CaptureEvent): CaptureEvent {
      count += 1;
      if (event.type === "capture.lost") lost += event.lost.count;
      const numbered = { ...event, id: `${ephemeral_id}-${count}` };
      if (numbered.type !== "capture.started") return numbered;
      return { ...numbered, agent: { ...numbered.agent, ephemeral_id, heartbeat_ms: everyMs } };
    },
    heartbeat: (): EventOf<"capture.heartbeat"> => ({ ...envelope(), type: "capture.heartbeat" }),
    stopped: (reason: string): EventOf<"capture.stopped"> => ({
      ...envelope(),
      type: "capture.stopped",
      reason: reason.slice(0, 512) || "unknown",
    }),
  };
}
