import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { baselineIndex } from "../../src/baseline/baseline-index.js";
import type { Assessment } from "../../src/model/assessment.js";
import { deviationOf, trafficDeviation } from "../../src/model/deviation.js";
import { recordedHistory } from "./recorded-history.js";

/**
 * Of what is learned from the history, and of the scores of calls against that. A change of the model's constants
 * changes the scores, and of what it learns both: run this test and write down the values that it reports.
 */
const pinned = {
  baseline: "49a5f6c65f1225fe54ab778db927b548",
  scores: "e0998683b7c4aec5be161d56c9618f2a",
};

const hashOf = (values: readonly string[]) =>
  createHash("sha256").update(values.join("\n")).digest("hex").slice(0, 32);

/** The bit pattern of a number: -0 is not 0, and nothing is rounded. */
function bitsOf(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16);
}

const scoresOf = ({ bits, severity, parts }: Assessment) =>
  [bitsOf(bits), severity, ...parts.map(({ code, bits }) => `${code}=${bitsOf(bits)}`)].join(" ");

const fleet = (jobs: number) => ({
  host: { jobs: jobs % 3, repositories: jobs % 7 },
  domain: { jobs, repositories: jobs },
});

const isWhole = (value: unknown) => typeof value !== "number" || Number.isSafeInteger(value);

describe("the same input gives the same bits on every platform and Node version", () => {
  it("of all that is learned, and of every score", () => {
    const history = recordedHistory(4);
    const baseline = history.learned(200);
    const index = baselineIndex(baseline);
    const scores: string[] = [];
    for (let call = 0; call < 3_000; call += 1) {
      const observation = history.call();
      const found = deviationOf(observation, index, call % 4 === 0 ? fleet(call % 11) : undefined);
      const moved = trafficDeviation(observation, history.amounts(), index);
      if (moved.surprise !== undefined) scores.push(`surprise ${bitsOf(moved.surprise)}`);
      for (const deviation of [found, moved.deviation]) {
        if (deviation) scores.push(`${deviation.kind} ${scoresOf(deviation.assessment)}`);
      }
    }
    expect(new Set(scores.map((score) => score.split(" ")[0]))).toEqual(
      new Set(["new-endpoint", "new-behavior", "surprise"]),
    );
    expect({ baseline: hashOf([JSON.stringify(baseline)]), scores: hashOf(scores) }).toEqual(
      pinned,
    );
  });

  it("for all numbers that are learned are whole", () => {
    const broken: unknown[] = [];
    JSON.stringify(recordedHistory(5).learned(60), (key, value) => {
      if (!isWhole(value)) broken.push([key, value]);
      return value;
    });
    expect(broken).toEqual([]);
  });
});
