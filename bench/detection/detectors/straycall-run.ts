import {
  addsEvidence,
  type BaselineIndex,
  type CallContext,
  compareSeverity,
  type Deviation,
  dataInNames,
  deviationOf,
  type EndpointKey,
  endpointKey,
  type FleetSightings,
  holdsEndpoint,
  isRepeat,
  isWorthTelling,
  type Observation,
  type OutlierScorer,
  observeCall,
  type RunSightings,
  type RunTraffic,
  runSightings,
  type Severity,
  trafficDeviation,
  trafficPlace,
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
  const traffic = runTraffic(index, sightings, outliers);
  const names = dataInNames();
  const places = toldPlaces(index, learning);

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
    found.push(traffic.ended(context));
    for (const deviation of found) {
      if (!deviation) continue;
      deviations.push({ call: at, endpoint, deviation, repeats: places.repeats(deviation) });
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

/** What was told before and in this run, of owners' places and endpoints. */
function toldPlaces(index: BaselineIndex, learning: boolean) {
  const here = new Map<string, Severity>();
  return {
    repeats(deviation: Deviation): boolean {
      const { place, assessment } = deviation;
      const { severity } = assessment;
      if (place === undefined || !isWorthTelling(deviation, learning)) return false;
      if (addsEvidence({ severity, status: "new" })) return false;
      const told = here.get(place);
      if (isRepeat(deviation, index)) return true;
      if (told !== undefined && compareSeverity(severity, told) <= 0) return true;
      here.set(place, severity);
      return false;
    },
  };
}

/** Adds up what a run moves by place and program. */
function runTraffic(
  index: BaselineIndex,
  sightings: RunSightings,
  outliers: OutlierScorer | undefined,
) {
  const moved = new Map<string, RunTraffic>();
  const judged = new Map<string, { bits: number; deviates: boolean }>();
  return {
    ended(context: CallContext): Deviation | undefined {
      const observation = observeCall(context, []);
      const { bytesOut = 0, durationMs = 0 } = context.call;
      sightings.traffic(observation, { bytesOut, durationMs });
      const key = `${trafficPlace(observation)} ${observation.program}`;
      const before = moved.get(key);
      const amounts = {
        bytesOut: (before?.bytesOut ?? 0) + bytesOut,
        calls: (before?.calls ?? 0) + 1,
        durationMs: Math.max(before?.durationMs ?? 0, durationMs),
      };
      moved.set(key, amounts);
      const { surprise, deviation } = trafficDeviation(observation, amounts, index, outliers);
      if (surprise !== undefined) {
        judged.set(key, { bits: surprise, deviates: deviation !== undefined });
      }
      return deviation;
    },
    /** Of the places where it deviates only the worst. */
    surprises(): number[] {
      const all = [...judged.values()];
      const bits = (of: typeof all) => of.map((each) => each.bits);
      const deviating = bits(all.filter(({ deviates }) => deviates));
      const usual = bits(all.filter(({ deviates }) => !deviates));
      return deviating.length === 0 ? usual : [...usual, Math.max(...deviating)];
    },
  };
}
