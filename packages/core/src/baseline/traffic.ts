import { log2 } from "../math/log2.js";

/**
 * How much one program moved at one place in a run, over many runs: sums of whole numbers, so that adding is exact in
 * any order.
 */
export interface Traffic {
  /** Runs that were added. */
  runs: number;
  bytesOut: Spread;
  calls: Spread;
  /** Of the longest call, in milliseconds. */
  duration: Spread;
}

/** Sum and sum of squares of {@link magnitude}s. */
export interface Spread {
  sum: number;
  squares: number;
}

/** What one program moved at one place in one run. */
export interface RunTraffic {
  bytesOut: number;
  calls: number;
  durationMs: number;
}

const stepsPerBit = 64;

/** An amount on a logarithmic scale, in 64ths of a doubling. */
export function magnitude(amount: number): number {
  return Math.round(log2(1 + Math.max(0, amount)) * stepsPerBit);
}

/** Steps of {@link magnitude} in one doubling. */
export const magnitudesPerDoubling = stepsPerBit;

/** What two endpoints of one place moved together in one run. */
export function addRunTraffics(one: RunTraffic, other: RunTraffic): RunTraffic {
  return {
    bytesOut: one.bytesOut + other.bytesOut,
    calls: one.calls + other.calls,
    durationMs: Math.max(one.durationMs, other.durationMs),
  };
}

export function addRunTraffic(before: Traffic | undefined, run: RunTraffic): Traffic {
  return {
    runs: (before?.runs ?? 0) + 1,
    bytesOut: addTo(before?.bytesOut, magnitude(run.bytesOut)),
    calls: addTo(before?.calls, magnitude(run.calls)),
    duration: addTo(before?.duration, magnitude(run.durationMs)),
  };
}

export function addTraffic(one: Traffic, other: Traffic): Traffic {
  return {
    runs: one.runs + other.runs,
    bytesOut: addSpreads(one.bytesOut, other.bytesOut),
    calls: addSpreads(one.calls, other.calls),
    duration: addSpreads(one.duration, other.duration),
  };
}

const addTo = (before: Spread | undefined, value: number): Spread => ({
  sum: (before?.sum ?? 0) + value,
  squares: (before?.squares ?? 0) + value * value,
});

const addSpreads = (one: Spread, other: Spread): Spread => ({
  sum: one.sum + other.sum,
  squares: one.squares + other.squares,
});
