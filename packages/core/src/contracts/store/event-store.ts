import type { CaptureEvent } from "../../events/event.js";
import type { RunKey } from "../../run/run.js";

/** An event and its place in its run's log. */
export interface LoggedEvent {
  /** 1 for the run's first event, then 2, without gaps. */
  sequence: number;
  event: CaptureEvent;
}

/** The log of each run: what was captured, in the order it was stored. */
export interface EventStore {
  /**
   * Adds events to the end of a run's log, in one transaction.
   *
   * Answers with the sequence number of each event, `undefined` for one whose id the log already holds: that
   * one is left out.
   */
  append(key: RunKey, events: readonly CaptureEvent[]): Promise<(number | undefined)[]>;
  /** Reads the log in order from the event after `sequence`; 0 reads from the start. */
  read(key: RunKey, after: number, limit: number): Promise<LoggedEvent[]>;
}
