import type { Baseline } from "../../baseline/baseline.js";
import type { FleetSightings } from "../../baseline/fleet-sightings.js";
import type { JobKey } from "../../job/job.js";
import type { RepositoryScope } from "../../job/repository-scope.js";
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

export interface BaselineQuery extends PageQuery {
  /** Only baselines of these repositories. */
  repositories?: RepositoryScope;
}

export interface DestinationQuery extends PageQuery {
  /** Only what jobs of these repositories call. */
  repositories?: RepositoryScope;
  /** Only hosts that hold this text; case does not matter. */
  search?: string;
}

/** A host that jobs call, and who. */
export interface Destination {
  host: string;
  /** How many jobs have it in their baseline, and of how many repositories they are. */
  jobs: number;
  repositories: number;
  /** When the first of them called it first, epoch milliseconds. */
  since: number;
  /** For how many of the jobs nobody looked at it since it was told, or only one run called it. */
  unsure: number;
}

/** A job that calls a host. */
export interface DestinationCaller {
  jobKey: JobKey;
  since: number;
  isUnsure: boolean;
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
  list(query?: BaselineQuery): Promise<Page<JobKey>>;
  /** All hosts of all baselines, by {@link seenHosts}, in the order of their names. */
  destinations(query?: DestinationQuery): Promise<Page<Destination>>;
  /** The jobs that call a host, in the order of their keys. */
  callersOf(host: string, query?: BaselineQuery): Promise<Page<DestinationCaller>>;
}
