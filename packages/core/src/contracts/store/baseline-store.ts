import type { Baseline } from "../../baseline/baseline.js";
import type { JobKey } from "../../job/job.js";

/** Baselines are read here and written by `RunStore.finish` only. */
export interface BaselineStore {
  get(key: JobKey): Promise<Baseline | undefined>;
  /** The revision of the stored baseline, 0 if there is none: cheap, to ask whether a copy is still the newest. */
  revision(key: JobKey): Promise<number>;
}
