import type { Call } from "../../run/call.js";
import type { RunKey } from "../../run/run.js";
import type { Page, PageQuery } from "../page.js";

export interface CallQuery extends PageQuery {
  /** Only calls that a detection tells of: with the verdict `anomalous` or `blocked`. */
  anomalousOnly?: boolean;
  /** Only calls of this process: its entity id. */
  processId?: string;
  /** Only calls made at this time or later, epoch milliseconds. */
  from?: number;
  /** Only calls made before this. */
  before?: number;
  /** Only calls whose {@link callSearchText} holds this; case does not matter. */
  search?: string;
}

/** How a span of time is divided. */
export interface CallDensityQuery {
  /** Epoch milliseconds; what was called before counts to the first part, what was called after it to the last. */
  from: number;
  to: number;
  /** Into how many parts, 1 to 1000. */
  parts: number;
}

/** How many calls of one step fell into one part of a run's time. */
export interface CallDensity {
  /** 0 is the first. */
  part: number;
  /** Of the step; unset for calls outside of any. */
  stepId?: string;
  calls: number;
  /** Those of them that a detection tells of. */
  anomalous: number;
}

export interface CallStore {
  /** Writes calls, each over the one with the same run and id, in one transaction. */
  put(calls: readonly Call[]): Promise<void>;
  /** A run's calls, earliest first. */
  list(key: RunKey, query?: CallQuery): Promise<Page<Call>>;
  get(key: RunKey, id: string): Promise<Call | undefined>;
  /** Counts a run's calls over time, without reading each: a picture of 50,000 must not take their reading. */
  density(key: RunKey, query: CallDensityQuery): Promise<CallDensity[]>;
}
