import type { Severity } from "../detection/detection.js";
import type { EndpointKey } from "../endpoint/endpoint.js";
import type { JobKey } from "../job/job.js";
import type { Counts } from "./counts.js";
import type { OutlierMemory } from "./outlier-memory.js";
import type { Traffic } from "./traffic.js";

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
  /** What was told of it, or of the way it is called, and nobody reviewed. */
  told?: ToldPlace;
  /** The group directly above it; unset until it counts as evidence. */
  group?: GroupKey;
  /** How it is called; unset for those of which there was no room to remember that. */
  habits?: EndpointHabits;
}

/** Which owner's place, or which endpoint, was told, and how bad the worst of it is. */
export interface ToldPlace {
  in: GroupKey | EndpointKey;
  as: Severity;
}

/** In how many runs the calls of an endpoint were made by, from, or with each of these. */
export interface EndpointHabits {
  programs: Counts;
  lineages: Counts;
  steps: Counts;
  /** `GET /repos/<tenant>/<name>`; of the runs in which a request could be read. */
  routes?: Counts;
  methods?: Counts;
  tenants?: Counts;
  /**
   * Runs in which a request could be read, and those of them that brought a route that reads, a route that writes, or a
   * tenant, not seen before.
   */
  readableRuns?: number;
  newRouteRuns?: number;
  newWriteRuns?: number;
  newTenantRuns?: number;
  /**
   * What was told of it and nobody reviewed, `lineage:install-script`: it is not told again here, and says nothing of
   * other endpoints.
   */
  told?: Counts;
  /** By program. Unset where the calls of a whole group are one traffic: see {@link BaselineGroup.traffic}. */
  traffic?: Record<string, Traffic>;
}

/** `domain:example.com`: one link of an endpoint's chain; see `endpointChain`. */
export type GroupKey = string;

/** What the endpoints below one place have in common. Endpoints that nobody reviewed add nothing to it. */
export interface BaselineGroup {
  /** The group it belongs to; unset for the two roots. */
  parent?: GroupKey;
  firstRun: number;
  lastRun: number;
  /** In how many runs anything below it was called. */
  runs: number;
  programs: Counts;
  lineages: Counts;
  ports: Counts;
  /** Of families and small networks, whose members take turns: by program. */
  traffic?: Record<string, Traffic>;
}

/** What a job normally does, learned over its runs. Plain data: it survives `JSON.stringify` as it is. */
export interface Baseline {
  /** Of this format. */
  version: 2;
  jobKey: JobKey;
  /** Set by the store, counted up each time it is written. */
  revision: number;
  /** How many runs it has learned. */
  runs: number;
  endpoints: Record<EndpointKey, BaselineEndpoint>;
  groups: Record<GroupKey, BaselineGroup>;
  /** Of the whole job, by evidence only. */
  habits: JobHabits;
  /** Of the traffic, if a scorer of outliers is set; see `BaselineOptions.outliers`. */
  outliers?: OutlierMemory;
  /** What people decided on families. By the family's pattern. */
  families?: Record<string, FamilyDecision>;
  /** Endpoints dropped to keep the baseline bounded, or because they were not called any more. */
  forgotten: number;
}

/** In how many runs the job's calls were made by, from, or to each of these. */
export interface JobHabits {
  programs: Counts;
  lineages: Counts;
  steps: Counts;
  ports: Counts;
  /** Whose parts of shared hosts; see `ObservedRequest.tenant`. */
  tenants?: Counts;
  /**
   * How often traffic was how unusual, in whole bits: what "unusual" means for a job whose amounts vary.
   */
  surprises: Counts;
}

/** `approved`: every member is expected, however few were seen. `refused`: its members are strangers to each other. */
export type FamilyDecision = "approved" | "refused";
