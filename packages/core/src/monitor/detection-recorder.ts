import type { Baseline } from "../baseline/baseline.js";
import { type BaselineIndex, baselineIndex } from "../baseline/baseline-index.js";
import type { Store } from "../contracts/store.js";
import type { Delivery } from "../delivery/delivery.js";
import type { Detection } from "../detection/detection.js";
import { makeDetection } from "../detection/make-detection.js";
import { reviewed } from "../detection/reviewed.js";
import type { Deviation } from "../model/deviation.js";
import type { CallContext } from "../run/call.js";
import type { RunRecord } from "../run/run.js";
import type { CurrentRules } from "../suppression/active-rules.js";
import type { Suppression } from "../suppression/suppression.js";
import { toldPlaces } from "./told-places.js";

export interface DetectionRecorderOptions {
  store: Store;
  run: RunRecord;
  /** The rules that keep detections quiet, as they are now. */
  rules: () => Promise<CurrentRules>;
  /** What tells a detection. */
  plan: (detection: Detection) => Promise<Delivery[]>;
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
  { store, run, rules, plan, now }: DetectionRecorderOptions,
  initial: Baseline | undefined,
): DetectionRecorder {
  let baseline = initial;
  const places = toldPlaces();

  return {
    get index() {
      return baselineIndex(baseline);
    },
    async record(context, judge) {
      for (;;) {
        const deviation = await judge();
        if (deviation === undefined) return undefined;
        const repeats = places.repeats(deviation, baselineIndex(baseline));
        const made = makeDetection({ deviation, repeats }, context, run, baseline, now());
        const { revision, silencing } = await rules();
        const rule = silencing(made);
        const detection = rule ? suppressedBy(made, rule) : made;
        const result = await store.detections.record({
          detection,
          deliveries: rule ? [] : await plan(detection),
          baselineRevision: baseline?.revision ?? 0,
          suppressionRevision: revision,
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

/** As it is recorded where a rule keeps it quiet. */
function suppressedBy(detection: Detection, { id, createdBy, reason }: Suppression): Detection {
  return reviewed(detection, {
    ...{ action: "suppress", status: "suppressed", at: detection.recordedAt },
    ...{ by: createdBy, note: reason, suppressionId: id },
  });
}
