import type { Call } from "../../run/call.js";
import type { RunKey } from "../../run/run.js";
import type { Page, PageQuery } from "../page.js";

export interface CallQuery extends PageQuery {
  /** Only calls that a detection tells of: with the verdict `anomalous` or `blocked`. */
  anomalousOnly?: boolean;
}

export interface CallStore {
  /** Writes calls, each over the one with the same run and id, in one transaction. */
  put(calls: readonly Call[]): Promise<void>;
  /** A run's calls, earliest first. */
  list(key: RunKey, query?: CallQuery): Promise<Page<Call>>;
}
