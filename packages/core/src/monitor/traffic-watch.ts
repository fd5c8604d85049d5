import type { RunSightings } from "../baseline/run-sightings.js";
import type { RunTraffic } from "../baseline/traffic.js";
import { trafficPlace } from "../model/assess-traffic.js";
import { dataInNames } from "../model/data-in-names.js";
import { type Deviation, trafficDeviation } from "../model/deviation.js";
import type { Observation } from "../model/observation.js";
import type { Call } from "../run/call.js";
import type { DetectionRecorder } from "./detection-recorder.js";

/** Adds up what a run moves, while it does, and compares that with the baseline. */
export interface TrafficWatch {
  /** Looks at a call of which more may be known now; answers with what deviates by that. */
  changed(call: Call, observation: Observation): Deviation[];
  /** How unusual the traffic at each place was, in whole bits. */
  surprises(): number[];
}

export function trafficWatch(
  recorder: Pick<DetectionRecorder, "index">,
  sightings: RunSightings,
): TrafficWatch {
  /** By place and program. */
  const moved = new Map<string, RunTraffic>();
  const surprises = new Map<string, number>();
  const ended = new WeakSet<Call>();
  const names = dataInNames();

  const end = (call: Call, observation: Observation): Deviation | undefined => {
    ended.add(call);
    const { endpoint, addressClass, program } = observation;
    const { bytesOut = 0, durationMs = 0 } = call;
    sightings.traffic(observation, { bytesOut, durationMs });
    const at = { endpoint, addressClass, program };
    const key = `${trafficPlace(at)} ${program}`;
    const before = moved.get(key);
    const amounts = {
      bytesOut: (before?.bytesOut ?? 0) + bytesOut,
      calls: (before?.calls ?? 0) + 1,
      durationMs: Math.max(before?.durationMs ?? 0, durationMs),
    };
    moved.set(key, amounts);
    const { surprise, deviation } = trafficDeviation(at, amounts, recorder.index);
    if (surprise !== undefined) surprises.set(key, surprise);
    return deviation;
  };

  return {
    changed(call, observation) {
      const asked = call.questions ? names.asked(call.questions) : [];
      if (call.durationMs === undefined || ended.has(call)) return asked;
      const deviation = end(call, observation);
      return deviation ? [...asked, deviation] : asked;
    },
    surprises: () => [...surprises.values()],
  };
}
