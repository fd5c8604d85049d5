import type { EndpointKey } from "../endpoint/endpoint.js";
import type { JobKey } from "../job/job.js";

/** What a baseline knows of one endpoint. Runs are counted by ordinal: the first run learned is 1. */
export interface BaselineEndpoint {
  firstRun: number;
  lastRun: number;
  /** In how many runs it was called. */
  runs: number;
  /** Epoch milliseconds of its first and last call. */
  firstSeenAt: number;
  lastSeenAt: number;
  /**
   * It was told and nobody has looked at it yet: the job may call it, but nothing else looks more normal because it does.
   */
  unreviewed?: true;
}

/** What a job normally does, learned over its runs. Plain data: it survives `JSON.stringify` as it is. */
export interface Baseline {
  /** Of this format. */
  version: 1;
  jobKey: JobKey;
  /** Set by the store, counted up each time it is written. */
  revision: number;
  /** How many runs it has learned. */
  runs: number;
  endpoints: Record<EndpointKey, BaselineEndpoint>;
  /** Endpoints dropped to keep the baseline bounded. */
  forgotten: number;
}
