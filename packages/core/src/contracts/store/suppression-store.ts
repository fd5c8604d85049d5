import type { Suppression } from "../../suppression/suppression.js";
import type { Page, PageQuery } from "../page.js";

export interface SuppressionQuery extends PageQuery {
  /** Only rules that were not ended and have not expired at this time, epoch milliseconds. */
  activeAt?: number;
}

/** The rules that keep detections quiet. None is ever removed. */
export interface SuppressionStore {
  /** Counts the changes, 0 before the first: cheap, to ask whether a copy is still the newest. */
  revision(): Promise<number>;
  /** Throws STORE_FAILED if the id is taken. */
  add(rule: Suppression): Promise<void>;
  /**
   * Changes a rule in one transaction and answers with what was stored; `undefined` if there is none of this id.
   *
   * `change` is given the newest, and may be called more than once. If it throws, nothing has happened.
   */
  change(id: string, change: (rule: Suppression) => Suppression): Promise<Suppression | undefined>;
  get(id: string): Promise<Suppression | undefined>;
  /** Rules, the last added first. */
  list(query?: SuppressionQuery): Promise<Page<Suppression>>;
}
