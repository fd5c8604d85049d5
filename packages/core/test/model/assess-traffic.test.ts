import { describe, expect, it } from "vitest";
import type { Baseline } from "../../src/baseline/baseline.js";
import { baselineIndex } from "../../src/baseline/baseline-index.js";
import { learnRun } from "../../src/baseline/learn-run.js";
import { runSightings } from "../../src/baseline/run-sightings.js";
import { trafficDeviation } from "../../src/model/deviation.js";
import { observed } from "./observed.js";

const call = observed("uploads.example.com");
const at = { endpoint: call.endpoint, addressClass: call.addressClass, program: call.program };

/** A job that sends amounts to one endpoint, run by run, judged and learned as a monitor does. */
function learnedAmounts(amounts: readonly number[]): Baseline | undefined {
  return amounts.reduce<Baseline | undefined>((baseline, bytesOut) => {
    const sightings = runSightings();
    sightings.call(call, 1);
    sightings.traffic(call, { bytesOut, durationMs: 100 });
    const { surprise } = trafficDeviation(
      at,
      { bytesOut, calls: 1, durationMs: 100 },
      baselineIndex(baseline),
    );
    return learnRun(baseline, "job", sightings, {
      surprises: surprise === undefined ? [] : [surprise],
    });
  }, undefined);
}

const deviationOf = (bytesOut: number, baseline: Baseline | undefined) =>
  trafficDeviation(at, { bytesOut, calls: 1, durationMs: 100 }, baselineIndex(baseline)).deviation;

const steady = learnedAmounts(Array.from({ length: 200 }, (_, run) => 1_000 + (run % 7) * 30));
const restless = learnedAmounts(
  Array.from({ length: 200 }, (_, run) => 2 ** (8 + ((run * 5) % 13))),
);

describe("traffic to an endpoint that the baseline holds", () => {
  it("is unusual if far more is sent than ever, and the reason says how much", () => {
    const found = deviationOf(5_000_000, steady);
    expect(found).toMatchObject({
      kind: "unusual-traffic",
      subject: "uploads.example.com:443 node",
      assessment: { severity: "medium" },
    });
    expect(found?.assessment.parts[0]?.text).toMatch(
      /^node made 5000000 sent bytes; in 200 runs it was about 10\d\d\.$/,
    );
  });

  it("is not for amounts that the job sends", () => {
    expect(deviationOf(1_100, steady)).toBeUndefined();
    expect(deviationOf(10, steady)).toBeUndefined();
    for (let bits = 8; bits < 21; bits += 1)
      expect(deviationOf(2 ** bits, restless)).toBeUndefined();
  });

  it("is not as long as too few runs say what is usual", () => {
    expect(deviationOf(5_000_000, learnedAmounts([1_000, 1_000, 1_000]))).toBeUndefined();
    expect(deviationOf(5_000_000, undefined)).toBeUndefined();
  });
});
