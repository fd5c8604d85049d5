import type { CaptureAgent } from "../../contracts/capture-agent.js";
import type { CaptureEvent, EventOf } from "../../events/event.js";
import { check, inTime, patienceMs } from "../check.js";
import type { MadeCall } from "../watched-place.js";

/** A capture under way, whose events are taken as they come. */
export interface ObservedCapture {
  readonly events: readonly CaptureEvent[];
  /** Waits until there is an event that tells this call. */
  untilTold(call: MadeCall): Promise<EventOf<"network.connect">>;
  /** Aborts, and takes what comes until the end. */
  stop(): Promise<readonly CaptureEvent[]>;
}

/** Starts to capture and waits until the agent says that it sees. */
export async function observe(agent: CaptureAgent): Promise<ObservedCapture> {
  const abort = new AbortController();
  const iterator = agent.capture(abort.signal)[Symbol.asyncIterator]();
  const first = await inTime(iterator.next(), "the capture does not start");
  check(!first.done, "the capture ended before it started");
  const events: CaptureEvent[] = [first.value];
  let failure: unknown;
  const taking = (async () => {
    for await (const event of { [Symbol.asyncIterator]: () => iterator }) events.push(event);
  })().catch((error: unknown) => {
    failure = error ?? new Error("nothing");
  });

  const stop = async () => {
    abort.abort();
    await inTime(taking, "the capture does not end when it is aborted");
    if (failure !== undefined) throw failure;
    return events;
  };

  const find = (call: MadeCall) =>
    events.find((event): event is EventOf<"network.connect"> => tells(event, call));

  return {
    events,
    stop,
    async untilTold(call) {
      const latest = Date.now() + patienceMs;
      for (;;) {
        const event = find(call);
        if (event !== undefined) return event;
        check(failure === undefined, `the capture broke: ${failure}`);
        check(Date.now() < latest, `the call to ${call.host}:${call.port} is not told`);
        await turn();
      }
    },
  };
}

/** Tells whether an event tells of this call. */
export function tells(event: CaptureEvent, { host, port }: MadeCall): boolean {
  if (event.type !== "network.connect") return false;
  const { destination } = event;
  return destination.port === port && (destination.ip === host || destination.domain === host);
}

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
