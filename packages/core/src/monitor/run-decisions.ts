import type { Baseline } from "../baseline/baseline.js";
import type { FilledBaselineOptions } from "../baseline/baseline-options.js";
import { countsForBaseline } from "../baseline/counts-for-baseline.js";
import type { FleetSightings } from "../baseline/fleet-sightings.js";
import { runSightings } from "../baseline/run-sightings.js";
import type { Detection } from "../detection/detection.js";
import { endpointKey } from "../endpoint/endpoint.js";
import { blockedDeviation } from "../model/blocked-deviation.js";
import { dataInNames } from "../model/data-in-names.js";
import { deviationOf, holdsEndpoint, isWorthTelling } from "../model/deviation.js";
import { newJobDeviation } from "../model/new-job-deviation.js";
import type { Observation } from "../model/observation.js";
import { observeCall } from "../model/observe-call.js";
import type { CallContext, CallVerdict } from "../run/call.js";
import type { CallFact } from "./call-facts.js";
import {
  type DetectionRecorderOptions,
  detectionRecorder,
  type Recorded,
} from "./detection-recorder.js";
import { detectionTeller, type Judge } from "./detection-teller.js";
import { fleetOf } from "./fleet-of.js";
import { type RunLessons, runLessons } from "./run-lessons.js";
import { toldDetections } from "./told-detections.js";
import { trafficWatch } from "./traffic-watch.js";
import { watchedJobs } from "./watched-jobs.js";

/** What a fact says of its call: nothing, or a verdict with the detection that tells of it. */
export interface Decision {
  verdict?: CallVerdict;
  told?: Recorded;
  /** That the run's job is new, if this call is the first to show it. */
  newJob?: Detection;
}

export interface RunDecisionsOptions extends DetectionRecorderOptions {
  baseline: FilledBaselineOptions;
}

/** Decides on one run's calls: in audit mode against the job's baseline, in block mode by what the policy refused. */
export interface RunDecisions {
  /** Decides by one more thing that is known of a call. To ask again, because the store failed, changes nothing. */
  decide(context: CallContext, fact: CallFact): Promise<Decision>;
  /** Takes over a detection of a decision made before a restart, or by another process. */
  recall(detection: Detection): void;
  /** What the run teaches its job's baseline. */
  lessons(): Promise<RunLessons>;
}

export function runDecisions(
  options: RunDecisionsOptions,
  initial: Baseline | undefined,
): RunDecisions {
  const { store, run, baseline } = options;
  const recorder = detectionRecorder(options, initial);
  const told = toldDetections();
  const { tell } = detectionTeller(recorder, told);
  const sightings = runSightings();
  const traffic = trafficWatch(recorder, sightings, baseline.outliers);
  const names = dataInNames();
  const isLearning = run.baselineRuns < baseline.learningRuns;
  /** By host, so that all calls of the run to one are judged alike. */
  const fleet = new Map<string, FleetSightings>();

  let isJobTold = false;

  const fleetFor = async ({ endpoint: { host } }: Observation): Promise<FleetSightings> => {
    const known = fleet.get(host) ?? (await fleetOf(store, baseline.prior, run.jobKey, host));
    fleet.set(host, known);
    return known;
  };

  const isKnown = ({ endpoint }: Observation) =>
    holdsEndpoint(recorder.index, endpointKey(endpoint));

  /** Tells what deviates, if that is to be told of this run. */
  const tellDeviation = (context: CallContext, judge: Judge) =>
    tell(context, async () => {
      const deviation = await judge();
      return deviation && isWorthTelling(deviation, isLearning) ? deviation : undefined;
    });

  /** Tells that the job is new, by the first call that counts. */
  const tellNewJob = async (context: CallContext): Promise<Detection | undefined> => {
    if (isJobTold || recorder.index.baseline !== undefined) return undefined;
    const watched = await watchedJobs(store, run.jobKey, Math.max(1, baseline.learningRuns));
    const recorded = await recorder.record(context, async () =>
      recorder.index.baseline === undefined ? newJobDeviation(run.job, watched) : undefined,
    );
    isJobTold = true;
    return recorded?.isFirst ? recorded.detection : undefined;
  };

  const decideBlocked = async (context: CallContext): Promise<Decision> => {
    const found = await tell(context, async () =>
      blockedDeviation(observeCall(context), recorder.index, run),
    );
    return found ? { verdict: "blocked", told: found } : { verdict: "blocked" };
  };

  const decideCall = async (context: CallContext, fact: MadeOrRequest): Promise<Decision> => {
    const observation = observeCall(context, fact.request ? [fact.request] : []);
    const found = await tellDeviation(context, async () => {
      const others = isKnown(observation) ? undefined : await fleetFor(observation);
      return deviationOf(observation, recorder.index, others);
    });
    // Not before: what could not be decided on must not be learned.
    sightings.call(observation, context.call.time);
    // What was told once stays so, though another run may have taught it since.
    const first = told.get("new-endpoint", endpointKey(observation.endpoint));
    if (found) return { verdict: "anomalous", told: found };
    if (first) return { verdict: "anomalous", told: { detection: first, isFirst: false } };
    return { verdict: isKnown(observation) ? "known" : "learning" };
  };

  const decideQuestion = async (context: CallContext, name: string): Promise<Decision> =>
    anomalousIf(await tellDeviation(context, async () => names.asked({ asked: [{ name }] })[0]));

  const decideEnd = async (context: CallContext): Promise<Decision> => {
    const observation = observeCall(context, []);
    traffic.ended(context.call, observation);
    return anomalousIf(await tellDeviation(context, async () => traffic.deviation(observation)));
  };

  return {
    async decide(context, fact) {
      const { call } = context;
      // Only a run with a policy can block: in another, that an agent says so must not keep a call from being compared.
      if (run.mode === "block") {
        return call.result === "blocked" ? decideBlocked(context) : ignored;
      }
      // Also on calls that are not compared: the machine's own resolver hands the name on.
      if (fact.kind === "question") return decideQuestion(context, fact.name);
      if (!countsForBaseline(call, baseline.addresses)) return ignored;
      if (fact.kind === "end") return decideEnd(context);
      const newJob = await tellNewJob(context);
      const decision = await decideCall(context, fact);
      return newJob ? { ...decision, newJob } : decision;
    },
    recall: told.add,
    lessons: () => runLessons({ store, told, sightings, surprises: traffic.surprises() }),
  };
}

type MadeOrRequest = Extract<CallFact, { kind: "made" | "request" }>;

const ignored: Decision = { verdict: "ignored" };

const anomalousIf = (told: Recorded | undefined): Decision =>
  told === undefined ? {} : { verdict: "anomalous", told };
