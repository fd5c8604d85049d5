import type { Baseline } from "../../baseline/baseline.js";
import type { JobKey } from "../../job/job.js";
import type { Page, PageQuery } from "../page.js";

/** The job's baseline before and after a change; pure, synchronous, and possibly called more than once. */
export type Learn = (baseline: Baseline | undefined) => Baseline;

/** Baselines are written by `RunStore.finish` when a run ends, and by `change` at any other time. */
export interface BaselineStore {
  get(key: JobKey): Promise<Baseline | undefined>;
  /** The revision of the stored baseline, 0 if there is none: cheap, to ask whether a copy is still the newest. */
  revision(key: JobKey): Promise<number>;
  /**
   * Changes a baseline outside a run (a review, an import) in one transaction, and answers with what was stored.
   *
   * `change` is given the newest stored baseline; what it returns is stored under `revision + 1`. If it throws,
   * nothing has happened.
   */
  change(key: JobKey, change: Learn): Promise<Baseline>;
  /** Keys of the jobs that have a baseline, each once. */
  list(query?: PageQuery): Promise<Page<JobKey>>;
}
