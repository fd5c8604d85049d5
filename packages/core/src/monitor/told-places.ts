import type { BaselineIndex } from "../baseline/baseline-index.js";
import { compareSeverity, type Severity, worseSeverity } from "../detection/detection.js";
import { addsEvidence, type Deviation, isRepeat } from "../model/deviation.js";

/** The owners' places and endpoints that were told in one run, beside those that the baseline knows of. */
export interface ToldPlaces {
  /** Whether the same place was told before, as bad as this, and nobody has looked at that yet. */
  repeats(deviation: Deviation, index: BaselineIndex): boolean;
  /** Something of the place was told, and how bad that is. */
  add(place: string | undefined, severity: Severity): void;
}

export function toldPlaces(): ToldPlaces {
  const here = new Map<string, Severity>();
  return {
    repeats(deviation, index) {
      const { place, assessment } = deviation;
      const { severity } = assessment;
      if (place === undefined || addsEvidence({ severity, status: "new" })) return false;
      const told = here.get(place);
      return (
        isRepeat(deviation, index) || (told !== undefined && compareSeverity(severity, told) <= 0)
      );
    },
    add(place, severity) {
      if (place === undefined || addsEvidence({ severity, status: "new" })) return;
      here.set(place, worseSeverity(here.get(place), severity));
    },
  };
}
