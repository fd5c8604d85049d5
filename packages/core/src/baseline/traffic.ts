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

/** Adds what was moved in the same run to what one name of a total stands for. */
export function addMoved(total: Map<string, RunTraffic>, name: string, more: RunTraffic): void {
  const before = total.get(name);
  const sum = before && {
    bytesOut: before.bytesOut + more.bytesOut,
    calls: before.calls + more.calls,
    durationMs: Math.max(before.durationMs, more.durationMs),
  };
  total.set(name, sum ?? more);
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
