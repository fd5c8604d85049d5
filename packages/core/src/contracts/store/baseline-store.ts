import type { Baseline } from "../../baseline/baseline.js";
import type { FleetSightings } from "../../baseline/fleet-sightings.js";
import type { JobKey } from "../../job/job.js";
import type { Page, PageQuery } from "../page.js";

/** The job's baseline before and after a change; pure, synchronous, and possibly called more than once. */
export type Learn = (baseline: Baseline | undefined) => Baseline;

export interface CallersQuery {
  /** Who asks, and is not counted. */
  jobKey: JobKey;
  host: string;
  /** The host's domain: {@link ownerDomain}. */
  domain?: string | undefined;
}

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
  /**
   * Who else calls a host, and any host of its domain, by {@link calledHosts} of the baselines that are stored; a host
   * belongs to its {@link ownerDomain}. Without a domain, nobody calls any of it.
   *
   * It is asked for each new endpoint of a run: quick, also with a thousand jobs.
   */
  callers(query: CallersQuery): Promise<FleetSightings>;
  /** Keys of the jobs that have a baseline, each once. */
  list(query?: PageQuery): Promise<Page<JobKey>>;
}
