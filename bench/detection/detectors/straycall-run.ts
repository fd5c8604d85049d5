import {
  addsEvidence,
  type BaselineIndex,
  type CallContext,
  type Deviation,
  dataInNames,
  deviationOf,
  type EndpointKey,
  endpointKey,
  type FleetSightings,
  holdsEndpoint,
  isWorthTelling,
  type Observation,
  type OutlierScorer,
  observeCall,
  type RunSightings,
  runSightings,
  toldPlaces,
  trafficWatch,
} from "@straycall/core";
import type { SimulatedRun } from "../simulation/simulated-run.js";
import { callContext } from "./call-context.js";

/** What deviates in one run, and what the run teaches. */
export interface AssessedRun {
  /** `repeats`: recorded, and not pushed again. */
  deviations: { call: number; endpoint: EndpointKey; deviation: Deviation; repeats: boolean }[];
  sightings: RunSightings;
  /** In whole bits. */
  surprises: number[];
}

export interface AssessOptions {
  /** The baseline is still learning. */
  learning: boolean;
  fleetOf: (host: string) => FleetSightings;
  outliers: OutlierScorer | undefined;
}

/**
 * Goes through a run's calls as the monitor does: each is compared when it is made, with each further request, with each
 * name that it asks for, and when it has ended. What deviates is not learned, as long as nobody reviews it.
 */
export function assessRun(
  run: SimulatedRun,
  index: BaselineIndex,
  { learning, fleetOf, outliers }: AssessOptions,
): AssessedRun {
  const sightings = runSightings();
  const deviations: AssessedRun["deviations"] = [];
  const traffic = trafficWatch({ index }, sightings, outliers);
  const names = dataInNames();
  const places = toldPlaces();

  for (const [at, call] of run.calls.entries()) {
    const context = callContext(run, call, at);
    const endpoint = endpointKey(call.endpoint);
    const fleet = holdsEndpoint(index, endpoint) ? undefined : fleetOf(call.endpoint.host);
    const found = observations(context).map((observation) => {
      const deviation = deviationOf(observation, index, fleet);
      sightings.call(observation, context.call.time);
      return deviation;
    });
    const asked = context.call.questions?.asked ?? [];
    found.push(...asked.map(({ name }) => names.asked({ asked: [{ name }] })[0]));
    const ended = observeCall(context, []);
    traffic.ended(context.call, ended);
    found.push(traffic.deviation(ended));
    for (const deviation of found) {
      if (!deviation) continue;
      const isTold = isWorthTelling(deviation, learning);
      const repeats = isTold && places.repeats(deviation, index);
      if (isTold) places.add(deviation.place, deviation.assessment.severity);
      deviations.push({ call: at, endpoint, deviation, repeats });
    }
  }
  for (const { endpoint, deviation } of deviations) {
    if (!isWorthTelling(deviation, learning)) continue;
    const { kind, subject, newHabits, assessment } = deviation;
    if (addsEvidence({ severity: assessment.severity, status: "new" })) continue;
    const { severity } = assessment;
    if (newHabits) sightings.told(endpoint, newHabits, severity);
    else if (kind === "new-endpoint") sightings.told(endpoint, undefined, severity);
    else if (kind === "unusual-traffic") sightings.toldTraffic(subject);
  }
  return { deviations, sightings, surprises: traffic.surprises() };
}

/** A call with its first request, then with each of the others. */
function observations(context: CallContext): Observation[] {
  const [first, ...others] = context.call.http;
  const made = observeCall(context, first ? [first] : []);
  return [made, ...others.map((request) => observeCall(context, [request]))];
}
