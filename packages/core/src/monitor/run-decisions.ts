import type { Baseline } from "../baseline/baseline.js";
import type { BaselineOptions } from "../baseline/baseline-options.js";
import { countsForBaseline } from "../baseline/counts-for-baseline.js";
import { knownHosts } from "../baseline/known-hosts.js";
import type { EndpointSighting } from "../baseline/learn-run.js";
import type { Store } from "../contracts/store.js";
import { type Delivery, deliveryId } from "../delivery/delivery.js";
import {
  compareSeverity,
  type Detection,
  type DetectionKind,
  type Severity,
} from "../detection/detection.js";
import { makeDetection } from "../detection/make-detection.js";
import { newEndpointSeverity } from "../detection/severity.js";
import { type EndpointKey, endpointKey } from "../endpoint/endpoint.js";
import type { Call, CallContext, CallVerdict } from "../run/call.js";
import type { RunRecord } from "../run/run.js";

export interface Decision {
  verdict: CallVerdict;
  detectionId?: string;
  /** The detection, if this very call made it. */
  recorded?: Detection;
}

export interface RunDecisionsOptions {
  store: Store;
  run: RunRecord;
  baseline: Required<BaselineOptions>;
  /** Names of the notifiers that detections are told through, from a severity on. */
  notifiers: readonly string[];
  notifyFrom: Severity;
  now: () => number;
}

/**
 * Decides on one run's calls, once for each endpoint: in audit mode by the exact rule against the job's baseline, in
 * block mode by what the policy refused.
 */
export interface RunDecisions {
  decide(context: CallContext): Promise<Decision>;
  /** Takes over a decision made before a restart, or by another process. */
  recall(call: Call): void;
  /** What the run will teach its job's baseline. */
  readonly sightings: ReadonlyMap<EndpointKey, EndpointSighting>;
}

export function runDecisions(
  { store, run, baseline: options, notifiers, notifyFrom, now }: RunDecisionsOptions,
  initial: Baseline | undefined,
): RunDecisions {
  let baseline = initial;
  const decisions = new Map<EndpointKey, Decision>();
  const sightings = new Map<EndpointKey, EndpointSighting>();
  const isLearningRun = run.baselineRuns < options.learningRuns;

  const deliveriesOf = (detection: Detection): Delivery[] => {
    if (compareSeverity(detection.severity, notifyFrom) < 0) return [];
    return notifiers.map((notifier) => ({
      id: deliveryId(detection.id, notifier),
      detectionId: detection.id,
      notifier,
      status: "pending",
      dueAt: detection.recordedAt,
      attempts: 0,
      createdAt: detection.recordedAt,
    }));
  };

  /** What needs no detection is decided by `ruleOut`, on the baseline as it is then. */
  const decideEndpoint = async (
    kind: DetectionKind,
    context: CallContext,
    ruleOut: () => CallVerdict | undefined,
  ): Promise<Decision> => {
    for (;;) {
      const harmless = ruleOut();
      if (harmless) return { verdict: harmless };
      const detection = makeDetection(kind, context, run, baseline, now());
      const result = await store.detections.record({
        detection,
        deliveries: deliveriesOf(detection),
        baselineRevision: baseline?.revision ?? 0,
      });
      if (result.outcome !== "stale") {
        return {
          verdict: kind === "blocked-call" ? "blocked" : "anomalous",
          detectionId: result.detection.id,
          ...(result.outcome === "recorded" ? { recorded: result.detection } : {}),
        };
      }
      // Another run taught the baseline meanwhile: it may hold the endpoint now.
      baseline = await store.baselines.get(run.jobKey);
    }
  };

  const decideAudited = (key: EndpointKey, context: CallContext) =>
    decideEndpoint("new-endpoint", context, () => {
      if (baseline?.endpoints[key]) return "known";
      return isLearningRun && !isCriticalAtOnce(context.call) ? "learning" : undefined;
    });

  const decideBlocked = (context: CallContext) =>
    decideEndpoint("blocked-call", context, () => undefined);

  const sight = (key: EndpointKey, time: number) => {
    const sighting = sightings.get(key);
    sightings.set(key, {
      firstSeenAt: Math.min(sighting?.firstSeenAt ?? time, time),
      lastSeenAt: Math.max(sighting?.lastSeenAt ?? time, time),
    });
  };

  return {
    async decide(context) {
      const { call } = context;
      const isBlocking = run.mode === "block";
      // Only a run with a policy can block: in another, that an agent says so must not keep a call from being compared.
      const counts = isBlocking
        ? call.result === "blocked"
        : countsForBaseline(call, options.addresses);
      if (!counts) return { verdict: "ignored" };
      const key = endpointKey(call.endpoint);
      const decided = decisions.get(key);
      const decision =
        decided ?? (await (isBlocking ? decideBlocked(context) : decideAudited(key, context)));
      // Not before: what could not be decided on must not be learned.
      if (!isBlocking) sight(key, call.time);
      if (decided) return decided;
      const { recorded: _, ...lasting } = decision;
      decisions.set(key, lasting);
      return decision;
    },
    recall({ endpoint, verdict, detectionId }) {
      decisions.set(endpointKey(endpoint), {
        verdict,
        ...(detectionId === undefined ? {} : { detectionId }),
      });
    },
    sightings,
  };
}

/** Some calls need no history to be told. */
function isCriticalAtOnce(call: Call): boolean {
  return newEndpointSeverity(call, knownHosts(undefined)).severity === "critical";
}
