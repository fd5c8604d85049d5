import type { BaselineIndex } from "../baseline/baseline-index.js";
import { compareSeverity } from "../detection/detection.js";
import { endpointKey } from "../endpoint/endpoint.js";
import type { RunRef } from "../run/run.js";
import { assessNewEndpoint } from "./assess-new-endpoint.js";
import type { Assessment, ScorePart } from "./assessment.js";
import { type Deviation, holdsEndpoint } from "./deviation.js";
import type { Observation } from "./observation.js";
import { assessmentOf, scorePart } from "./score.js";
import { severityBits } from "./severity-of-bits.js";

const least = "medium";

/**
 * A call that the run's policy refused: as bad as a new endpoint, and at least medium, for somebody decided that the job
 * does not go there. Told once in each run.
 */
export function blockedDeviation(
  observation: Observation,
  index: BaselineIndex,
  { runId, attempt }: Pick<RunRef, "runId" | "attempt">,
): Deviation {
  const key = endpointKey(observation.endpoint);
  const assessment = assessBlocked(observation, index, key);
  return { kind: "blocked-call", subject: `${key} ${runId}.${attempt}`, assessment };
}

function assessBlocked(observation: Observation, index: BaselineIndex, key: string): Assessment {
  const asNew = assessNewEndpoint(observation, index);
  if (holdsEndpoint(index, key) && asNew.severity !== "critical") {
    const text = "The job called it in runs that were learned: the policy may be too narrow.";
    return assessmentOf([
      refused(severityBits[least] + 1),
      scorePart("destination", "known-endpoint", -1, text),
    ]);
  }
  if (compareSeverity(asNew.severity, least) >= 0) {
    return { ...asNew, parts: [refused(0), ...asNew.parts] };
  }
  // What is missing up to the least severity is the policy's part of the sum.
  return assessmentOf([refused(severityBits[least] - asNew.bits), ...asNew.parts]);
}

function refused(bits: number): ScorePart {
  const text = "The policy of the run does not allow this endpoint, so the call was refused.";
  return scorePart("destination", "refused-by-policy", bits, text);
}
