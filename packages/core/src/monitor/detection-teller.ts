import { compareSeverity, type Detection } from "../detection/detection.js";
import { endpointKey } from "../endpoint/endpoint.js";
import { type Deviation, worseThanTold } from "../model/deviation.js";
import type { CallContext } from "../run/call.js";
import type { DetectionRecorder, Recorded } from "./detection-recorder.js";
import { type ToldDetections, worstOf } from "./told-detections.js";

/** Finds what deviates by the newest baseline. */
export type Judge = () => Promise<Deviation | undefined>;

/** Tells each thing that deviates once, and again only where it is worse than all that was told of it. */
export interface DetectionTeller {
  /** Answers with the detection that tells of it; `undefined` if nothing deviates. */
  tell(context: CallContext, judge: Judge): Promise<Recorded | undefined>;
}

/**
 * A step that is new to a job can call one endpoint in dozens of new ways. So many are told of it in one run; the others
 * are shown with them, but for what is worse.
 */
const maxBehaviors = 5;

export function detectionTeller(
  recorder: DetectionRecorder,
  told: ToldDetections,
): DetectionTeller {
  const record = async (context: CallContext, judge: Judge): Promise<Recorded | undefined> => {
    const recorded = await recorder.record(context, judge);
    if (recorded) told.add(recorded.detection);
    return recorded;
  };

  /** What stands for a deviation that is not told for itself. */
  const standsFor = (deviation: Deviation, { call }: CallContext): Detection | undefined => {
    const same = told.worst(deviation);
    if (same || deviation.kind !== "new-behavior") return same;
    const others = told.behaviors(endpointKey(call.endpoint));
    return others.length < maxBehaviors ? undefined : worstOf(others);
  };

  const tell = async (context: CallContext, judge: Judge): Promise<Recorded | undefined> => {
    const deviation = await judge();
    if (deviation === undefined) return undefined;
    const known = standsFor(deviation, context);
    if (known === undefined) {
      const first = await record(context, judge);
      // Another run may have told it of a call that was less bad.
      return first === undefined || first.isFirst ? first : tell(context, judge);
    }
    const isWorse = compareSeverity(deviation.assessment.severity, known.severity) > 0;
    const judgeWorse = async () => {
      const again = await judge();
      return again && worseThanTold(again, known.severity);
    };
    const worse = isWorse ? await record(context, judgeWorse) : undefined;
    const recorded = worse ?? { detection: known, isFirst: false };
    told.showed(recorded.detection, deviation.newHabits ?? []);
    return recorded;
  };

  return { tell };
}
