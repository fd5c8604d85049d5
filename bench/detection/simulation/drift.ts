/**
 * How often what a job does at endpoints it already calls changes for good reasons. Nothing public measures
 * these rates, so they are choices, and `--drift 3` or `--drift 10` shows what they do to a result.
 */
export interface DriftRates {
  /** By run: a request of a new kind at one endpoint. */
  newRoute: number;
  /** By run: a request for somebody else's part of a shared host, as when a dependency moves there. */
  newOwner: number;
  /** By run: another of the job's programs calls an endpoint too. */
  newProgram: number;
  /** By run: an endpoint is sent 2 to 16 times as much from now on. */
  volume: number;
  /** By endpoint whose Action was updated: a request of a new kind. */
  newRouteAtBump: number;
  /** By endpoint whose Action was updated: another program calls it too. */
  newProgramAtBump: number;
  /** By Action or tool that the job gets: it calls one of the endpoints that the job already calls. */
  newCallerCallsKnown: number;
}

const usual: DriftRates = {
  newRoute: 0.004,
  newOwner: 0.002,
  newProgram: 0.001,
  volume: 0.0005,
  newRouteAtBump: 0.15,
  newProgramAtBump: 0.03,
  newCallerCallsKnown: 0.5,
};

/** The rates times a factor, none above 1. */
export function driftRates(factor: number): DriftRates {
  const scaled = Object.entries(usual).map(([name, rate]) => [name, Math.min(1, rate * factor)]);
  return Object.fromEntries(scaled) as DriftRates;
}
