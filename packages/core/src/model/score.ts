import { log2 } from "../math/log2.js";
import type { Assessment, ScorePart, ScorePartName } from "./assessment.js";
import { severityOfBits } from "./severity-of-bits.js";

/** Parts are multiples of this, so that their sum is exact in any order. */
const grain = 64;

/** One part, its weight rounded to a 64th of a bit. */
export function scorePart(
  part: ScorePartName,
  code: string,
  bits: number,
  text: string,
): ScorePart {
  return { part, code, bits: Math.round(bits * grain) / grain, text };
}

/** Binary logarithm of a ratio, kept within limits. */
export function ratioBits(attack: number, benign: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, log2(attack / benign)));
}

/** Adds up the parts. The weightiest come first; those that weigh nothing say nothing. */
export function assessmentOf(parts: readonly (ScorePart | undefined)[]): Assessment {
  const told = parts.filter((part) => part !== undefined && part.bits !== 0) as ScorePart[];
  const bits = told.reduce((sum, part) => sum + part.bits, 0);
  return {
    bits,
    severity: severityOfBits(bits),
    parts: told.sort((one, other) => other.bits - one.bits || (one.code < other.code ? -1 : 1)),
  };
}
