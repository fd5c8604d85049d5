import { describe, expect, it } from "vitest";
import { learnRun, maxBaselineEndpoints } from "../../src/baseline/learn-run.js";
import { baselineMaturity } from "../../src/baseline/maturity.js";

const seen = (...keys: string[]) =>
  new Map(keys.map((key, index) => [key, { firstSeenAt: 100 + index, lastSeenAt: 200 + index }]));

describe("learnRun", () => {
  it("counts in how many runs an endpoint was called, and when", () => {
    const one = learnRun(undefined, "job", seen("a:1", "b:1"));
    const two = learnRun(one, "job", new Map([["a:1", { firstSeenAt: 50, lastSeenAt: 900 }]]));
    expect(two.runs).toBe(2);
    expect(two.endpoints["a:1"]).toEqual({
      firstRun: 1,
      lastRun: 2,
      runs: 2,
      firstSeenAt: 50,
      lastSeenAt: 900,
    });
    expect(two.endpoints["b:1"]).toMatchObject({ firstRun: 1, lastRun: 1, runs: 1 });
  });

  it("leaves the baseline before as it was", () => {
    const one = learnRun(undefined, "job", seen("a:1"));
    const before = structuredClone(one);
    learnRun(one, "job", seen("a:1", "b:1"));
    expect(one).toEqual(before);
  });

  it("survives JSON", () => {
    const one = learnRun(undefined, "job", seen("a:1"));
    expect(JSON.parse(JSON.stringify(one))).toEqual(one);
  });

  it("stays bounded, forgets what was called longest ago and counts it", () => {
    const old = learnRun(undefined, "job", seen("old:1"));
    const flood = seen(...Array.from({ length: maxBaselineEndpoints }, (_, i) => `h${i}:1`));
    const flooded = learnRun(old, "job", flood);
    expect(Object.keys(flooded.endpoints)).toHaveLength(maxBaselineEndpoints);
    expect(flooded.endpoints["old:1"]).toBeUndefined();
    expect(flooded.forgotten).toBe(1);
  });
});

describe("baselineMaturity", () => {
  const after = (...runs: string[][]) =>
    runs.reduce<ReturnType<typeof learnRun> | undefined>(
      (baseline, keys) => learnRun(baseline, "job", seen(...keys)),
      undefined,
    );

  it("is learning until enough runs were learned", () => {
    expect(baselineMaturity(undefined, 2)).toBe("learning");
    expect(baselineMaturity(after(["a:1"]), 2)).toBe("learning");
  });

  it("is stable when the last runs brought nothing new", () => {
    expect(baselineMaturity(after(["a:1"], ["b:1"]), 2)).toBe("stable");
    expect(baselineMaturity(after(["a:1"], ["a:1"], ["a:1"]), 2)).toBe("stable");
  });

  it("is changing when one of them did, and calms down", () => {
    const changing = after(["a:1"], ["a:1"], ["b:1"]);
    expect(baselineMaturity(changing, 2)).toBe("changing");
    const calm = after(["a:1"], ["a:1"], ["b:1"], ["b:1"], ["b:1"], ["b:1"]);
    expect(baselineMaturity(calm, 2)).toBe("stable");
  });
});
