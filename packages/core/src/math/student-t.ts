import { incompleteBeta } from "./incomplete-beta.js";

/** From here on the distribution is the normal one to six digits. */
const mostDegrees = 1e6;

/**
 * Probability that a Student-t variable is above `t`, the same bits on every JavaScript engine: within
 * 1e-10 of the true value, relatively, up to 10,000 degrees of freedom.
 *
 * Half of I_x(n / 2, 1 / 2) with x = n / (n + t²), the regularized incomplete beta function (Abramowitz
 * and Stegun 26.7.1). NaN where `t` is NaN or `degreesOfFreedom` not above 0; 0 where the probability is
 * smaller than any number, and for `t` beyond 1e154, whose square is.
 */
export function studentUpperTail(t: number, degreesOfFreedom: number): number {
  if (Number.isNaN(t) || !(degreesOfFreedom > 0)) return Number.NaN;
  const n = Math.min(degreesOfFreedom, mostDegrees);
  const square = t * t;
  const beyond =
    square === Infinity
      ? 0
      : incompleteBeta(n / (n + square), square / (n + square), n / 2, 0.5) / 2;
  return t < 0 ? 1 - beyond : beyond;
}
