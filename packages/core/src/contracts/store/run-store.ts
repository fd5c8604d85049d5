import type { JobKey } from "../../job/job.js";
import type { RepositoryScope } from "../../job/repository-scope.js";
import type { RunKey, RunMode, RunOutcome, RunRecord } from "../../run/run.js";
import type { Page, PageQuery } from "../page.js";
import type { Learn } from "./baseline-store.js";

export interface RunEnd {
  outcome: RunOutcome;
  finishedAt: number;
}

export interface RunQuery extends PageQuery {
  jobKey?: JobKey;
  /** Only runs that have not ended. */
  unfinishedOnly?: boolean;
  /** Only runs that started before this, epoch milliseconds. */
  startedBefore?: number;
  /** Only runs of these repositories. */
  repositories?: RepositoryScope;
  /** Only runs with calls that a detection tells of. */
  findingsOnly?: boolean;
  outcome?: RunOutcome;
  mode?: RunMode;
  /** Only runs whose {@link runSearchText} holds this; case does not matter. */
  search?: string;
}

/** What may change of a run; a field left out, or undefined, stays as it is. Only `finish` ends a run. */
export type RunUpdate = {
  [Field in Exclude<keyof RunRecord, "key" | "jobKey" | "outcome" | "finishedAt">]?:
    | RunRecord[Field]
    | undefined;
};

export interface RunStore {
  /** Creates the run, or returns the one that is there under this key, unchanged. Atomic. */
  start(run: RunRecord): Promise<RunRecord>;
  /** Overwrites the named fields of a run. Ignores a run that is not there. */
  update(key: RunKey, fields: RunUpdate): Promise<void>;
  /**
   * Ends a run and teaches its job's baseline, in one transaction and once for ever: of all callers, in all
   * processes, the first gets `true` and only its `learn` takes effect.
   *
   * A run that is not there cannot end: `false`.
   *
   * `learn` is given the newest stored baseline; what it returns is stored under `revision + 1`. Without
   * `learn` the run ends and teaches nothing.
   */
  finish(key: RunKey, end: RunEnd, learn?: Learn): Promise<boolean>;
  get(key: RunKey): Promise<RunRecord | undefined>;
  /** Runs, the last started first. */
  list(query?: RunQuery): Promise<Page<RunRecord>>;
}
