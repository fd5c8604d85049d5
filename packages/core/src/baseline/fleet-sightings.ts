/** Who else in the store calls a host, and hosts of its domain. */
export interface FleetSightings {
  host: Callers;
  domain: Callers;
}

/** Who calls a place, by what {@link calledHosts} counts. */
export interface Callers {
  /** Other jobs of the same repository. */
  jobs: number;
  /** Other repositories. */
  repositories: number;
  /** When the first of them did, epoch milliseconds; unset if nobody does. */
  since?: number;
}
