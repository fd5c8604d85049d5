import { leastGrowth, predictedAmount } from "./predicted-amount.js";
import { magnitude, type RunTraffic, type Traffic } from "./traffic.js";

/** How many numbers {@link trafficFeatures} gives. */
export const trafficFeatureCount = 5;
/** None of them is larger. */
export const maxTrafficFeature = 4_095;

const stepsPerScale = 64;

/**
 * How far what a program moved in one run lies above what it usually moves there, as whole numbers that every scorer of
 * rows can learn: bytes sent, calls, longest call, bytes for each call where there are more in all, and the first three
 * together, in 64ths of the scale by which they usually differ.
 *
 * Amounts below the usual, and growth, are all 0: a run that is under way begins with little.
 */
export function trafficFeatures(amounts: RunTraffic, usual: Traffic): number[] {
  const bytes = compared(amounts.bytesOut, usual.runs, usual.bytesOut);
  const calls = compared(amounts.calls, usual.runs, usual.calls);
  const duration = compared(amounts.durationMs, usual.runs, usual.duration);
  const perCall =
    (bytes.above - calls.above) / Math.sqrt(bytes.scale * bytes.scale + calls.scale * calls.scale);
  const each = [bytes, calls, duration].map(({ above, scale }) => above / scale);
  const together = each.reduce((sum, one) => sum + one, 0);
  return [...each, Math.max(0, Math.min(bytes.above / bytes.scale, perCall)), together].map(
    (scales) => Math.min(maxTrafficFeature, Math.round(scales * stepsPerScale)),
  );
}

function compared(amount: number, runs: number, spread: Traffic["bytesOut"]) {
  const { mean, scale } = predictedAmount(runs, spread);
  const above = magnitude(amount) - mean;
  return { above: above < leastGrowth ? 0 : above, scale };
}
