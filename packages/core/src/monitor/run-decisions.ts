import type { Baseline } from "../baseline/baseline.js";
import type { FilledBaselineOptions } from "../baseline/baseline-options.js";
import { countsForBaseline } from "../baseline/counts-for-baseline.js";
import type { FleetSightings } from "../baseline/fleet-sightings.js";
import { type RunSightings, runSightings } from "../baseline/run-sightings.js";
import type { Detection } from "../detection/detection.js";
import { type EndpointKey, endpointKey } from "../endpoint/endpoint.js";
import { blockedDeviation } from "../model/blocked-deviation.js";
import {
  addsEvidence,
  type Deviation,
  deviationOf,
  holdsEndpoint,
  isWorthTelling,
  worseDeviation,
} from "../model/deviation.js";
import type { Observation } from "../model/observation.js";
import { observeCall } from "../model/observe-call.js";
import type { CallContext, CallVerdict } from "../run/call.js";
import { type DetectionRecorderOptions, detectionRecorder } from "./detection-recorder.js";
import { fleetOf } from "./fleet-of.js";
import { toldDetections } from "./told-detections.js";
import { trafficWatch } from "./traffic-watch.js";

export interface Decision {
  verdict: CallVerdict;
  detectionId?: string;
  /** Detections that this very call made. */
  recorded: Detection[];
}

export interface RunDecisionsOptions extends DetectionRecorderOptions {
  baseline: FilledBaselineOptions;
}

/**
 * Decides on one run's calls: in audit mode against the job's baseline, in block mode by what the policy refused.
 *
 * An endpoint is decided on once; a call to a known one again when more is known of it.
 */
export interface RunDecisions {
  decide(context: CallContext): Promise<Decision>;
  /** Looks at the traffic of a call that was decided on before; answers with the detections that this made. */
  changed(context: CallContext): Promise<Detection[]>;
  /** Takes over a detection of a decision made before a restart, or by another process. */
  recall(detection: Detection): void;
  /** What the run teaches its job's baseline. */
  lessons(): RunLessons;
}

/** What a run shows, and how unusual its traffic was. */
export interface RunLessons {
  sightings: RunSightings;
  surprises: number[];
}

export function runDecisions(
  options: RunDecisionsOptions,
  initial: Baseline | undefined,
): RunDecisions {
  const { store, run } = options;
  const recorder = detectionRecorder(options, initial);
  const sightings = runSightings();
  const traffic = trafficWatch(recorder, sightings);
  const isLearning = run.baselineRuns < options.baseline.learningRuns;
  const told = toldDetections();
  /** Endpoints that the baseline did not hold when this run called them first. */
  const fresh = new Map<EndpointKey, FleetSightings>();

  const isTellable = (deviation: Deviation) => isWorthTelling(deviation, isLearning);

  const decideBlocked = async (context: CallContext): Promise<Decision> => {
    const known = told.get("blocked-call", endpointKey(context.call.endpoint));
    if (known) return decisionOf("blocked", known);
    const observation = observeCall(context);
    const found = await record(context, async () => blockedDeviation(observation, recorder.index));
    return found ?? { verdict: "blocked", recorded: [] };
  };

  const decideAudited = async (
    context: CallContext,
    observation: Observation,
  ): Promise<Decision> => {
    const key = endpointKey(observation.endpoint);
    const deviates = async (): Promise<Deviation | undefined> => {
      const { index } = recorder;
      const first = told.get("new-endpoint", key);
      if (first) return worseDeviation(observation, index, fresh.get(key), first.severity);
      if (!holdsEndpoint(index, key) && !fresh.has(key)) {
        fresh.set(key, await fleetOf(store, run.jobKey, observation.endpoint.host));
      }
      const deviation = deviationOf(observation, index, fresh.get(key));
      return deviation && isTellable(deviation) ? deviation : undefined;
    };
    const deviation = await deviates();
    const known = deviation && told.get(deviation.kind, deviation.subject);
    if (known) return decisionOf("anomalous", known);
    const found = deviation && (await record(context, deviates));
    if (found) return found;
    const first = told.get("new-endpoint", key);
    if (first) return decisionOf("anomalous", first);
    return { verdict: holdsEndpoint(recorder.index, key) ? "known" : "learning", recorded: [] };
  };

  const record = async (
    context: CallContext,
    judge: () => Promise<Deviation | undefined>,
  ): Promise<Decision | undefined> => {
    const found = await recorder.record(context, judge);
    if (found === undefined) return undefined;
    const { detection, isFirst } = found;
    told.add(detection);
    const verdict = detection.kind === "blocked-call" ? "blocked" : "anomalous";
    return { ...decisionOf(verdict, detection), recorded: isFirst ? [detection] : [] };
  };

  return {
    async decide(context) {
      const { call } = context;
      // Only a run with a policy can block: in another, that an agent says so must not keep a call from being compared.
      if (run.mode === "block") {
        return call.result === "blocked" ? decideBlocked(context) : ignored;
      }
      if (!countsForBaseline(call, options.baseline.addresses)) return ignored;
      const observation = observeCall(context);
      const decision = await decideAudited(context, observation);
      // Not before: what could not be decided on must not be learned.
      sightings.call(observation, call.time);
      return decision;
    },
    async changed(context) {
      const { call } = context;
      if (run.mode === "block" || call.verdict === "ignored") return [];
      const deviations = traffic.changed(call, observeCall(context)).filter(isTellable);
      const recorded: Detection[] = [];
      for (const deviation of deviations) {
        if (told.get(deviation.kind, deviation.subject)) continue;
        const decision = await record(context, async () => deviation);
        recorded.push(...(decision?.recorded ?? []));
      }
      return recorded;
    },
    recall: told.add,
    lessons() {
      for (const detection of told.all()) {
        if (addsEvidence(detection)) continue;
        const key = endpointKey(detection.endpoint);
        if (detection.kind === "new-endpoint") sightings.told(key);
        else if (detection.newHabits) sightings.told(key, detection.newHabits);
      }
      return { sightings, surprises: traffic.surprises() };
    },
  };
}

const ignored: Decision = { verdict: "ignored", recorded: [] };

const decisionOf = (verdict: CallVerdict, { id }: Detection): Decision => ({
  verdict,
  detectionId: id,
  recorded: [],
});
