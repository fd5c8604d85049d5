import type { WatchedPlace } from "../watched-place.js";

/** One promise of the capture agent's contract. */
export interface AgentCase {
  /** The promise, as a sentence without its end. */
  name: string;
  /** Throws if the promise is broken. */
  run(place: WatchedPlace): Promise<void>;
}
