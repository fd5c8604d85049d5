import type { CaptureEvent } from "../events/event.js";

/** Watches a machine or reads a log, and yields what happens as events. */
export interface CaptureAgent {
  readonly name: string;
  /**
   * Yields events until `signal` aborts, `capture.started` first, then what was still buffered, and ends.
   *
   * Gives back whatever it holds when the iteration ends, however it ends.
   *
   * @throws StraycallError CAPTURE_UNSUPPORTED before the first event if this machine cannot capture;
   * CAPTURE_FAILED if capture breaks later.
   */
  capture(signal: AbortSignal): AsyncIterable<CaptureEvent>;
}
