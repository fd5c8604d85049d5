import type { Severity } from "../detection/detection.js";

/** The parts that a score is the sum of. */
export const scoreParts = [
  "destination",
  "novelty",
  "fleet",
  "name",
  "program",
  "lineage",
  "port",
  "step",
  "request",
  "traffic",
  "outlier",
] as const;
export type ScorePartName = (typeof scoreParts)[number];

/** One reason for a score. */
export interface ScorePart {
  part: ScorePartName;
  /** Which rule gave it, stable: `unnamed-public-address`. */
  code: string;
  /** Binary logarithm of how much likelier an attack is than a benign change, by this fact alone. */
  bits: number;
  /** The fact in words, a sentence. */
  text: string;
}

/** How bad a call is. */
export interface Assessment {
  /** Sum of the parts. */
  bits: number;
  severity: Severity;
  /** The weightiest first, those that speak for an attack before those that speak against. */
  parts: ScorePart[];
}
