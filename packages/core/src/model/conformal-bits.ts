import { log2 } from "../math/log2.js";

/** What one of 32 shows is nothing to speak of. */
export const usualBits = 5;

/**
 * How rare so great a value is among those that this job showed, whatever gave it: a conformal p-value in bits (Vovk,
 * Gammerman and Shafer 2005, "Algorithmic Learning in a Random World").
 */
export function conformalBits(asGreat: number, all: number): number {
  return log2((all + 1) / (asGreat + 1));
}
