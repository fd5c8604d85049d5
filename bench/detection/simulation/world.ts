import type { DriftRates } from "./drift.js";

/** What is the same for all jobs of a simulation. */
export interface World {
  seed: number;
  drift: DriftRates;
  /** Hosts that so many owner groups list that paths on them begin with whose part is meant. */
  sharedHosts: ReadonlySet<string>;
}
