import type { BaselineIndex } from "../baseline/baseline-index.js";
import { endpointKey } from "../endpoint/endpoint.js";
import { dualUseOf } from "../knowledge/dual-use.js";
import type { Assessment, ScorePart } from "./assessment.js";
import { knownEndpoint, type NewHabit, wasTold } from "./known-habits.js";
import { newLineage, newProgram, newStep } from "./new-habits.js";
import { newRequest } from "./new-requests.js";
import type { Observation } from "./observation.js";
import { assessmentOf, scorePart } from "./score.js";

/** How a call to a known endpoint differs from those that its baseline holds. */
export interface BehaviorAssessment extends Assessment {
  /** What is new about it, `lineage:install-script`, the most telling first; empty if nothing is that was not told. */
  newHabits: string[];
}

/** How bad a call is to an endpoint that the baseline holds; `undefined` if its habits are not remembered. */
export function assessKnownEndpoint(
  observation: Observation,
  index: BaselineIndex,
): BehaviorAssessment | undefined {
  const { endpoint } = observation;
  const known = knownEndpoint(index.baseline?.endpoints[endpointKey(endpoint)]);
  if (known === undefined) return undefined;
  const news = [
    newLineage(observation, known, index),
    newProgram(observation, known, index),
    newStep(observation, known),
    ...newRequest(observation, known, index),
  ].filter((found) => found !== undefined && found.part.bits > 0) as NewHabit[];
  const place = knownPlace(endpoint.host);
  return {
    ...assessmentOf([place, ...news.map(({ part }) => part)]),
    newHabits: news
      .sort(byWeight)
      .map(({ habit }) => habit)
      .filter((habit) => !wasTold(known, habit)),
  };
}

const byWeight = (one: NewHabit, other: NewHabit) =>
  other.part.bits - one.part.bits || (one.habit < other.habit ? -1 : 1);

const knownBits = -2;
/** Anybody can write there: that the job knows the host says less. */
const sharedBits = -1;

function knownPlace(host: string): ScorePart {
  const dualUse = dualUseOf(host);
  // A registry takes no package from a job that only installs some: to publish is another way to call it.
  return dualUse === undefined || dualUse.kind === "package-registry-write"
    ? scorePart("destination", "known-endpoint", knownBits, "The job calls it in other runs.")
    : scorePart("destination", "shared-endpoint", sharedBits, dualUse.text);
}
