import type { Severity } from "../detection/detection.js";
import type { ScorePart } from "./assessment.js";

/** From how many bits on a call is of a severity. The same for every job; below all of them it is `info`. */
export const severityBits: Record<Exclude<Severity, "info">, number> = {
  low: 0,
  medium: 2,
  high: 4,
  critical: 7,
};

/** The severity of a score; see {@link severityBits}. */
export function severityOfBits(bits: number): Severity {
  if (bits >= severityBits.critical) return "critical";
  if (bits >= severityBits.high) return "high";
  if (bits >= severityBits.medium) return "medium";
  return bits >= severityBits.low ? "low" : "info";
}

/** The severity that is left if it does not count against a call how seldom its job brings something new. */
export function severityWithoutHistory(score: {
  bits: number;
  parts: readonly ScorePart[];
}): Severity {
  const seldom = score.parts.reduce(
    (sum, { part, bits }) => (part === "novelty" ? sum + Math.max(0, bits) : sum),
    0,
  );
  return severityOfBits(score.bits - seldom);
}
