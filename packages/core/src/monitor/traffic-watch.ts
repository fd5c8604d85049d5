import type { BaselineIndex } from "../baseline/baseline-index.js";
import type { RunSightings } from "../baseline/run-sightings.js";
import { addMoved, type RunTraffic } from "../baseline/traffic.js";
import type { OutlierScorer } from "../contracts/outlier-scorer.js";
import { trafficPlace } from "../model/assess-traffic.js";
import { type Deviation, trafficDeviation } from "../model/deviation.js";
import type { Observation } from "../model/observation.js";
import type { Call } from "../run/call.js";

/** Adds up what a run moves, while it does, and compares that with the baseline. */
export interface TrafficWatch {
  /** Adds what a call moved that is over, once. */
  ended(call: Call, observation: Observation): void;
  /** What deviates by all that was moved where a call went. */
  deviation(observation: Observation): Deviation | undefined;
  /**
   * How unusual the traffic at each place was, in whole bits.
   *
   * Of places where it was so unusual that it was told only the worst is among them: one hostile run must not make that
   * look usual.
   */
  surprises(): number[];
}

interface Judged {
  bits: number;
  deviates: boolean;
}

/** @param newest the index of the baseline as it is then */
export function trafficWatch(
  newest: { readonly index: BaselineIndex },
  sightings: RunSightings,
  outliers?: OutlierScorer,
): TrafficWatch {
  /** By place and program. */
  const moved = new Map<string, RunTraffic>();
  const judged = new Map<string, Judged>();
  const added = new WeakSet<Call>();
  const keyOf = (observation: Observation) => `${trafficPlace(observation)} ${observation.program}`;

  return {
    ended(call, observation) {
      if (added.has(call)) return;
      added.add(call);
      const { bytesOut = 0, durationMs = 0 } = call;
      sightings.traffic(observation, { bytesOut, durationMs });
      addMoved(moved, keyOf(observation), { bytesOut, calls: 1, durationMs });
    },
    deviation(observation) {
      const key = keyOf(observation);
      const amounts = moved.get(key);
      if (amounts === undefined) return undefined;
      const { surprise, deviation } = trafficDeviation(
        observation,
        amounts,
        newest.index,
        outliers,
      );
      if (surprise !== undefined)
        judged.set(key, { bits: surprise, deviates: deviation !== undefined });
      return deviation;
    },
    surprises() {
      const all = [...judged.values()];
      const deviating = all.filter(({ deviates }) => deviates).map(({ bits }) => bits);
      const usual = all.filter(({ deviates }) => !deviates).map(({ bits }) => bits);
      return deviating.length === 0 ? usual : [...usual, Math.max(...deviating)];
    },
  };
}
