import { magnitudesPerDoubling, type Spread } from "./traffic.js";

/** Prior of the spread: a standard deviation of about one doubling, worth four runs. */
const priorShape = 2;
const priorSquares = 2 * magnitudesPerDoubling ** 2;

/** Less than four times the usual is growth: a job that always did the same now makes a second call. */
export const leastGrowth = 2 * magnitudesPerDoubling;

/** What the next run is expected to move: Student's t with this mean, scale and freedom, in magnitudes. */
export interface PredictedAmount {
  mean: number;
  scale: number;
  freedom: number;
}

/**
 * The predictive of a normal-inverse-gamma model of an amount's logarithm (Murphy 2007, "Conjugate Bayesian analysis of
 * the Gaussian distribution", section 6).
 */
export function predictedAmount(runs: number, { sum, squares }: Spread): PredictedAmount {
  const mean = sum / runs;
  const deviations = Math.max(0, squares - sum * mean);
  const shape = priorShape + runs / 2;
  const scale = Math.sqrt(((priorSquares + deviations / 2) / shape) * (1 + 1 / runs));
  return { mean, scale, freedom: 2 * shape };
}
