import { describe, expect, it } from "vitest";
import type { Baseline } from "../../src/baseline/baseline.js";
import { baselineIndex } from "../../src/baseline/baseline-index.js";
import type { RunTraffic } from "../../src/baseline/traffic.js";
import type { OutlierScorer } from "../../src/contracts/outlier-scorer.js";
import { trafficDeviation } from "../../src/model/deviation.js";
import type { Observation } from "../../src/model/observation.js";
import { isolationForestScorer } from "../../src/outlier/isolation-forest-scorer.js";
import { learnedTraffic, strangeAmounts, trafficCalls } from "../baseline/learned-traffic.js";

const outliers = isolationForestScorer();
const baseline = learnedTraffic(120, outliers) as Baseline;
const call = trafficCalls[0] as Observation;

const deviationOf = (amounts: RunTraffic, of: Baseline, by?: OutlierScorer) =>
  trafficDeviation(call, amounts, baselineIndex(of), by).deviation;

describe("amounts that never go together", () => {
  it("are unusual traffic by a scorer of outliers, and by nothing else", () => {
    expect(deviationOf(strangeAmounts, baseline)).toBeUndefined();
    expect(deviationOf(strangeAmounts, baseline, outliers)).toMatchObject({
      kind: "unusual-traffic",
      subject: "api.example.com:443 node",
      assessment: {
        severity: "medium",
        parts: [
          {
            part: "outlier",
            code: "strange-combination",
            text: "Bytes, calls and time of node go together more strangely than 128 of 128 times.",
          },
        ],
      },
    });
  });

  it("are judged the same by a baseline that was stored", () => {
    const stored = JSON.parse(JSON.stringify(baseline));
    expect(deviationOf(strangeAmounts, stored, isolationForestScorer())).toEqual(
      deviationOf(strangeAmounts, baseline, outliers),
    );
  });

  it("are not those of every day, nor less than those", () => {
    for (const amounts of [
      { bytesOut: 50_000, calls: 2, durationMs: 120 },
      { bytesOut: 1_000, calls: 30, durationMs: 120 },
      { bytesOut: 1_500, calls: 3, durationMs: 5_000 },
      { bytesOut: 0, calls: 1, durationMs: 0 },
    ]) {
      expect(deviationOf(amounts, baseline, outliers)).toBeUndefined();
    }
  });

  it("are not told of by a model of another scorer, a damaged one, or none", () => {
    const fitted = baseline.outliers?.fitted;
    if (fitted === undefined) throw new Error("nothing was fitted");
    const rows = baseline.outliers?.rows ?? [];
    const damaged = { ...baseline, outliers: { rows, fitted: { ...fitted, model: "no model" } } };
    expect(deviationOf(strangeAmounts, damaged, outliers)).toBeUndefined();
    expect(deviationOf(strangeAmounts, baseline, { ...outliers, name: "other" })).toBeUndefined();
    const early = learnedTraffic(12, outliers) as Baseline;
    expect(deviationOf(strangeAmounts, early, outliers)).toBeUndefined();
  });
});
