import {
  type Baseline,
  baselineIndex,
  learnRun,
  type Observation,
  type RunTraffic,
  runSightings,
  trafficDeviation,
} from "@straycall/core";
import { expect, it } from "vitest";
import { mlIsolationForestScorer } from "../src/index.js";

const outliers = mlIsolationForestScorer({ trees: 20 });
const call: Observation = {
  endpoint: { host: "uploads.example.com", port: 443 },
  addressClass: "public",
  program: "node",
  lineage: "action",
  requests: [],
};

/** Now and then much is sent, or often, or for long, but never all of it. */
function usualAmounts(run: number): RunTraffic {
  return {
    bytesOut: (run % 5 === 0 ? 50_000 : 1_000) + (run % 7),
    calls: run % 5 === 1 ? 30 + (run % 3) : 2,
    durationMs: (run % 5 === 2 ? 5_000 : 100) + (run % 7),
  };
}

function learnedRuns(runs: number): Baseline | undefined {
  let baseline: Baseline | undefined;
  for (let run = 1; run <= runs; run += 1) {
    const { bytesOut, calls, durationMs } = usualAmounts(run);
    const { surprise } = trafficDeviation(call, usualAmounts(run), baselineIndex(baseline));
    const sightings = runSightings();
    sightings.call(call, run);
    sightings.traffic(call, { bytesOut, durationMs });
    for (let more = 1; more < calls; more += 1) sightings.traffic(call, {});
    const surprises = surprise === undefined ? [] : [surprise];
    baseline = learnRun(baseline, "job", sightings, { surprises, outliers });
  }
  return baseline;
}

it("says of a job's traffic what never goes together, and is kept with the baseline", () => {
  const stored: Baseline = JSON.parse(JSON.stringify(learnedRuns(200)));
  expect(stored.outliers?.fitted?.scorer).toBe("ml-isolation-forest");
  const strange = { bytesOut: 500_000, calls: 300, durationMs: 60_000 };
  const judged = (amounts: RunTraffic, by = outliers) =>
    trafficDeviation(call, amounts, baselineIndex(stored), by).deviation;
  const parts = judged(strange)?.assessment.parts.map(({ code }) => code);
  expect(parts).toContain("strange-combination");
  expect(judged(strange, mlIsolationForestScorer())).toEqual(judged(strange));
  for (let run = 201; run <= 210; run += 1) expect(judged(usualAmounts(run))).toBeUndefined();
});
