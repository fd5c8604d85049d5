import type { Baseline } from "../baseline/baseline.js";
import type { BaselineOptions } from "../baseline/baseline-options.js";
import { countsForBaseline } from "../baseline/counts-for-baseline.js";
import { knownHosts } from "../baseline/known-hosts.js";
import type { EndpointSighting } from "../baseline/learn-run.js";
import type { Store } from "../contracts/store.js";
import { type Delivery, deliveryId } from "../delivery/delivery.js";
import type { Detection } from "../detection/detection.js";
import { newEndpointDetection } from "../detection/new-endpoint.js";
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
  /** Names of the notifiers that every detection is told through. */
  notifiers: readonly string[];
  now: () => number;
}

/** Decides on one run's calls: the exact rule against the job's baseline, once for each endpoint. */
export interface RunDecisions {
  decide(context: CallContext): Promise<Decision>;
  /** Takes over a decision made before a restart, or by another process. */
  recall(call: Call): void;
  /** What the run will teach its job's baseline. */
  readonly sightings: ReadonlyMap<EndpointKey, EndpointSighting>;
}

export function runDecisions(
  { store, run, baseline: options, notifiers, now }: RunDecisionsOptions,
  initial: Baseline | undefined,
): RunDecisions {
  let baseline = initial;
  const decisions = new Map<EndpointKey, Decision>();
  const sightings = new Map<EndpointKey, EndpointSighting>();
  const isLearningRun = run.baselineRuns < options.learningRuns;

  const deliveriesOf = (detection: Detection): Delivery[] =>
    notifiers.map((notifier) => ({
      id: deliveryId(detection.id, notifier),
      detectionId: detection.id,
      notifier,
      status: "pending",
      dueAt: detection.recordedAt,
      attempts: 0,
      createdAt: detection.recordedAt,
    }));

  const decideEndpoint = async (key: EndpointKey, context: CallContext): Promise<Decision> => {
    for (;;) {
      if (baseline?.endpoints[key]) return { verdict: "known" };
      if (isLearningRun && !isCriticalAtOnce(context.call)) return { verdict: "learning" };
      const detection = newEndpointDetection(context, run, baseline, now());
      const result = await store.detections.record({
        detection,
        deliveries: deliveriesOf(detection),
        baselineRevision: baseline?.revision ?? 0,
      });
      if (result.outcome !== "stale") {
        return {
          verdict: "anomalous",
          detectionId: result.detection.id,
          ...(result.outcome === "recorded" ? { recorded: result.detection } : {}),
        };
      }
      // Another run taught the baseline meanwhile: it may hold the endpoint now.
      baseline = await store.baselines.get(run.jobKey);
    }
  };

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
      if (run.mode === "block" || !countsForBaseline(call, options.loopback)) {
        return { verdict: "ignored" };
      }
      const key = endpointKey(call.endpoint);
      const decided = decisions.get(key);
      const decision = decided ?? (await decideEndpoint(key, context));
      // Not before: what could not be decided on must not be learned.
      sight(key, call.time);
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
