import { log2 } from "./log2.js";

/** Bernoulli numbers over 2k (2k - 1): the coefficients of Stirling's series, the last first. */
const stirling = [
  -3617 / 122400,
  1 / 156,
  -691 / 360360,
  1 / 1188,
  -1 / 1680,
  1 / 1260,
  -1 / 360,
  1 / 12,
];
const halfLog2OfTwoPi = 1.3257480647361592;
const largeEnough = 10;

/**
 * Binary logarithm of the gamma function for `x` above 0: Stirling's series (DLMF 5.11.1), for small
 * `x` after the recurrence gamma(x + 1) = x gamma(x) (DLMF 5.5.1).
 */
export function log2Gamma(x: number): number {
  let product = 1;
  let shifted = x;
  for (; shifted < largeEnough; shifted += 1) product *= shifted;
  const inverse = 1 / shifted;
  let sum = 0;
  for (const coefficient of stirling) sum = coefficient + sum * inverse * inverse;
  return (
    (shifted - 0.5) * log2(shifted) +
    Math.LOG2E * (sum * inverse - shifted) +
    halfLog2OfTwoPi -
    log2(product)
  );
}
