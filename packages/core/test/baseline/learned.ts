import type { Baseline } from "../../src/baseline/baseline.js";
import { type LearnOptions, learnRun } from "../../src/baseline/learn-run.js";
import { type RunSightings, runSightings } from "../../src/baseline/run-sightings.js";
import type { Observation } from "../../src/model/observation.js";
import { observed } from "../model/observed.js";

/** What one run shows: endpoints, or calls to them. */
export type RunCalls = readonly (string | Observation)[];

export function sightingsOf(calls: RunCalls, told: readonly string[] = []): RunSightings {
  const sightings = runSightings();
  calls.forEach((call, index) => {
    sightings.call(typeof call === "string" ? observed(call) : call, 1_000 + index);
  });
  for (const key of told) sightings.told(key);
  return sightings;
}

/** The baseline after runs, one after the other. */
export function learned(runs: readonly RunCalls[], before?: Baseline): Baseline | undefined {
  return runs.reduce<Baseline | undefined>(
    (baseline, calls) => learnRun(baseline, "job", sightingsOf(calls)),
    before,
  );
}

/** The same run again and again. */
export function learnedOften(times: number, calls: RunCalls): Baseline {
  const baseline = learned(Array.from({ length: times }, () => calls));
  if (baseline === undefined) throw new Error("no run was learned");
  return baseline;
}

export function afterRun(
  before: Baseline | undefined,
  calls: RunCalls,
  told: readonly string[] = [],
  options?: LearnOptions,
): Baseline {
  return learnRun(before, "job", sightingsOf(calls, told), options);
}
