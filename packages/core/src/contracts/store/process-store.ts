import type { ProcessRecord } from "../../run/process.js";
import type { RunKey } from "../../run/run.js";
import type { Page, PageQuery } from "../page.js";

export interface ProcessQuery extends PageQuery {
  /** Only those that this process made: its entity id. */
  parentId?: string;
  /** Only those whose {@link processSearchText} holds this; case does not matter. */
  search?: string;
}

export interface ProcessStore {
  /** Writes processes of a run, each over the one with the same entity id, in one transaction. */
  put(key: RunKey, processes: readonly ProcessRecord[]): Promise<void>;
  get(key: RunKey, entityId: string): Promise<ProcessRecord | undefined>;
  /** A run's processes, earliest first; one whose start is unknown comes before all others. */
  list(key: RunKey, query?: ProcessQuery): Promise<Page<ProcessRecord>>;
}
