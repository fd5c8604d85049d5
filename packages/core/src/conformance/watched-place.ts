import type { CaptureAgent } from "../contracts/capture-agent.js";

/** A call that was really made. */
export interface MadeCall {
  /** Where it went: the address, or the name where the agent knows no address. */
  host: string;
  port: number;
  /** The process that made it; left out if the agent cannot know processes. */
  pid?: number;
}

/** Something to watch and an agent that watches it, for the conformance suite to look at. */
export interface WatchedPlace {
  readonly agent: CaptureAgent;
  /**
   * Makes one outbound call to an endpoint of its own, and returns once it was made.
   *
   * Its connection stays open until `close`, if the agent needs that to see it.
   */
  call(): Promise<MadeCall>;
  /**
   * Makes more calls at once than the agent holds while nobody takes its events, all to one endpoint, and returns
   * once they were made.
   */
  flood(): Promise<MadeCall & { count: number }>;
  /** How much the agent holds of the system: open files, say. The suite checks that it is given back. */
  held?(): number;
  close(): Promise<void>;
}
