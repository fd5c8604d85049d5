import type { Baseline } from "../baseline/baseline.js";
import { type BaselineIndex, baselineIndex } from "../baseline/baseline-index.js";
import type { Store } from "../contracts/store.js";
import { type Delivery, dueDelivery } from "../delivery/delivery.js";
import { compareSeverity, type Detection, type Severity } from "../detection/detection.js";
import { makeDetection } from "../detection/make-detection.js";
import type { Deviation } from "../model/deviation.js";
import type { CallContext } from "../run/call.js";
import type { RunRecord } from "../run/run.js";
import { toldPlaces } from "./told-places.js";

export interface DetectionRecorderOptions {
  store: Store;
  run: RunRecord;
  /** Names of the notifiers that detections are told through, from a severity on. */
  notifiers: readonly string[];
  notifyFrom: Severity;
  now: () => number;
}

/** A detection, and whether it was made just now. */
export interface Recorded {
  detection: Detection;
  isFirst: boolean;
}

/** Judges calls by the newest baseline of one job and records what deviates. */
export interface DetectionRecorder {
  /** Of the baseline that was read last. */
  readonly index: BaselineIndex;
  /**
   * Records what `judge` finds, which is asked again if another run taught the baseline meanwhile.
   *
   * Answers `undefined` if it finds nothing.
   */
  record(
    context: CallContext,
    judge: () => Promise<Deviation | undefined>,
  ): Promise<Recorded | undefined>;
}

export function detectionRecorder(
  { store, run, notifiers, notifyFrom, now }: DetectionRecorderOptions,
  initial: Baseline | undefined,
): DetectionRecorder {
  let baseline = initial;
  const places = toldPlaces();

  const deliveriesOf = (detection: Detection): Delivery[] => {
    if (compareSeverity(detection.severity, notifyFrom) < 0) return [];
    // Whoever wants every new endpoint gets it.
    if (detection.repeats && notifyFrom !== "info") return [];
    return notifiers.map((notifier) => dueDelivery(detection, notifier));
  };

  return {
    get index() {
      return baselineIndex(baseline);
    },
    async record(context, judge) {
      for (;;) {
        const deviation = await judge();
        if (deviation === undefined) return undefined;
        const repeats = places.repeats(deviation, baselineIndex(baseline));
        const detection = makeDetection({ deviation, repeats }, context, run, baseline, now());
        const result = await store.detections.record({
          detection,
          deliveries: deliveriesOf(detection),
          baselineRevision: baseline?.revision ?? 0,
        });
        if (result.outcome !== "stale") {
          places.add(deviation.place, result.detection.severity);
          return { detection: result.detection, isFirst: result.outcome === "recorded" };
        }
        baseline = await store.baselines.get(run.jobKey);
      }
    },
  };
}
