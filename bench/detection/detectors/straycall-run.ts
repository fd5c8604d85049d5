import {
  addsEvidence,
  type BaselineIndex,
  type CallContext,
  type Deviation,
  dataInNames,
  deviationOf,
  endpointKey,
  type FleetSightings,
  holdsEndpoint,
  isWorthTelling,
  type Observation,
  observeCall,
  type RunSightings,
  type RunTraffic,
  runSightings,
  type Severity,
  trafficDeviation,
  trafficPlace,
  worseDeviation,
} from "@straycall/core";
import type { SimulatedRun } from "../simulation/simulated-run.js";
import { callContext } from "./call-context.js";

/** What deviates in one run, and what the run teaches. */
export interface AssessedRun {
  deviations: { call: number; deviation: Deviation }[];
  sightings: RunSightings;
  /** In whole bits. */
  surprises: number[];
}

/** Goes through a run's calls as the monitor does: each compared when it is made, its traffic when it has ended. */
export function assessRun(
  run: SimulatedRun,
  index: BaselineIndex,
  learning: boolean,
  fleetOf: (host: string) => FleetSightings,
): AssessedRun {
  const sightings = runSightings();
  const deviations: AssessedRun["deviations"] = [];
  const toldOfNew = new Map<string, Severity>();
  const traffic = runTraffic(index, sightings);
  const names = dataInNames();

  for (const [at, call] of run.calls.entries()) {
    const context = callContext(run, call, at);
    const observation = observeCall(context);
    const key = endpointKey(observation.endpoint);
    const told = toldOfNew.get(key);
    const fleet = holdsEndpoint(index, key) ? undefined : fleetOf(observation.endpoint.host);
    const compared =
      told === undefined
        ? deviationOf(observation, index, fleet)
        : worseDeviation(observation, index, fleet, told);
    const tells = compared !== undefined && isWorthTelling(compared, learning);
    if (compared?.kind === "new-endpoint" && tells) {
      toldOfNew.set(key, compared.assessment.severity);
    }
    sightings.call(observation, context.call.time);
    const ofNames = context.call.questions ? names.asked(context.call.questions) : [];
    for (const deviation of [compared, ...ofNames, traffic.ended(context, observation)]) {
      if (deviation) deviations.push({ call: at, deviation });
    }
  }
  for (const { call, deviation } of deviations) {
    if (!isWorthTelling(deviation, learning)) continue;
    if (addsEvidence({ severity: deviation.assessment.severity, status: "new" })) continue;
    const endpoint = run.calls[call]?.endpoint;
    if (!endpoint) continue;
    if (deviation.kind === "new-endpoint") sightings.told(endpointKey(endpoint));
    else if (deviation.newHabits) sightings.told(endpointKey(endpoint), deviation.newHabits);
  }
  return { deviations, sightings, surprises: traffic.surprises() };
}

/** Adds up what a run moves by place and program. */
function runTraffic(index: BaselineIndex, sightings: RunSightings) {
  const moved = new Map<string, RunTraffic>();
  const surprises = new Map<string, number>();
  return {
    ended({ call }: CallContext, observation: Observation): Deviation | undefined {
      const { bytesOut = 0, durationMs = 0 } = call;
      sightings.traffic(observation, { bytesOut, durationMs });
      const key = `${trafficPlace(observation)} ${observation.program}`;
      const before = moved.get(key);
      const amounts = {
        bytesOut: (before?.bytesOut ?? 0) + bytesOut,
        calls: (before?.calls ?? 0) + 1,
        durationMs: Math.max(before?.durationMs ?? 0, durationMs),
      };
      moved.set(key, amounts);
      const { surprise, deviation } = trafficDeviation(observation, amounts, index);
      if (surprise !== undefined) surprises.set(key, surprise);
      return deviation;
    },
    surprises: () => [...surprises.values()],
  };
}
