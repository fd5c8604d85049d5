import { type CaptureAgent, type CaptureEvent, StraycallError } from "@straycall/core";

/** A capture that is attached: nothing from now on goes unseen. */
export interface StartedCapture extends CaptureAgent {
  /** What the agent said it cannot see here. */
  readonly blindSpots: readonly string[];
  /** Ends it, should nobody have taken its events. */
  close(): Promise<void>;
}

export interface CaptureListener {
  event(event: CaptureEvent): void;
  /** The capture ended before it was told to; the run goes on without. */
  broken(reason: string): void;
}

/**
 * Starts an agent and waits until it is attached.
 *
 * A break after that is no error any more but an event, `capture.lost`: the command that is being watched goes on.
 *
 * @throws StraycallError CAPTURE_UNSUPPORTED or CAPTURE_FAILED if it does not start.
 */
export async function startCapture(
  agent: CaptureAgent,
  signal: AbortSignal,
  listener: CaptureListener,
): Promise<StartedCapture> {
  const events = agent.capture(signal)[Symbol.asyncIterator]();
  const first = await events.next();
  if (first.done || first.value.type !== "capture.started") {
    await events.return?.();
    throw new StraycallError("CAPTURE_FAILED", `${agent.name} did not say that it started`);
  }
  const started = first.value;

  async function* follow(): AsyncGenerator<CaptureEvent> {
    try {
      listener.event(started);
      yield started;
      for await (const event of { [Symbol.asyncIterator]: () => events }) {
        listener.event(event);
        yield event;
      }
      if (signal.aborted) return;
      yield broken("the agent ended by itself");
    } catch (error) {
      yield broken((error as Error).message);
    }
  }

  const broken = (reason: string): CaptureEvent => {
    const event: CaptureEvent = {
      id: "command.capture-broke",
      time: Date.now(),
      type: "capture.lost",
      lost: { count: 0, reason: `The capture broke: ${reason}`.slice(0, 512) },
    };
    listener.event(event);
    listener.broken(reason);
    return event;
  };

  return {
    name: agent.name,
    blindSpots: started.agent.blind_spots ?? [],
    capture: follow,
    async close() {
      await events.return?.();
    },
  };
}
