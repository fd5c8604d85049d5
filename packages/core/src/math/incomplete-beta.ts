import { exp2 } from "./exp2.js";
import { log2 } from "./log2.js";
import { log2Gamma } from "./log2-gamma.js";

const mostSteps = 5000;
const relativeError = 1e-16;
const tiny = 1e-300;

/**
 * The regularized incomplete beta function I_x(a, b) with x and y = 1 - x, each given so that neither
 * loses digits: by its continued fraction (DLMF 8.17.22), of I_y(b, a) where that converges faster.
 */
export function incompleteBeta(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  const log2Front = log2Gamma(a + b) - log2Gamma(a) - log2Gamma(b) + a * log2(x) + b * log2(y);
  const front = exp2(log2Front);
  return x * (a + b + 2) < a + 1
    ? (front / a) * continuedFraction(x, a, b)
    : 1 - (front / b) * continuedFraction(y, b, a);
}

/** By the modified method of Lentz (Thompson and Barnett, 1986), which divides by nothing near 0. */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= mostSteps; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const factor = c * d;
    value *= factor;
    if (factor - 1 < relativeError && 1 - factor < relativeError) break;
  }
  return value;
}

function awayFromZero(value: number): number {
  return value < tiny && value > -tiny ? tiny : value;
}
