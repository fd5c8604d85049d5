import { describe, expect, test } from "vitest";
import type { Outcome } from "../../bench/detection/replay/group-result.js";
import { bootstrap } from "../../bench/detection/result/bootstrap.js";
import { rankCalls } from "../../bench/detection/result/ranking.js";
import { learned, pushed, shareOfIncidents } from "../../bench/detection/result/recall.js";

const outcome = (incident: string, severity: Outcome["severity"]): Outcome => ({
  incident,
  benign: false,
  age: 30,
  stealthy: false,
  trustedOnly: false,
  usesTrusted: false,
  requestSeen: false,
  severity,
  delay: undefined,
  score: 0,
  codes: [],
});

test("every incident weighs the same, however often it was injected", () => {
  const often = Array.from({ length: 9 }, () => outcome("often", "high"));
  const outcomes = [...often, outcome("once", "info")];

  expect(shareOfIncidents([{ outcomes, times: 1 }], learned, pushed)).toBe(0.5);
  expect(shareOfIncidents([{ outcomes, times: 0 }], learned, pushed)).toBeNaN();
});

describe("the ranking of calls", () => {
  test("is perfect where every injected call is above every benign one", () => {
    const ranking = rankCalls([{ benign: [[1, 5]], injected: [[2, 1]] }]);
    expect(ranking.quality([1])).toEqual({ averagePrecision: 1, rocAuc: 1 });
  });

  test("is chance where all have one score, whatever the mixture", () => {
    const ranking = rankCalls([{ benign: [[1, 3]], injected: [[1, 1]] }]);
    expect(ranking.quality([1])).toEqual({ averagePrecision: 0.25, rocAuc: 0.5 });
  });

  test("counts a group as often as it is told to", () => {
    const ranking = rankCalls([
      { benign: [[3, 1]], injected: [[2, 1]] },
      { benign: [[1, 1]], injected: [] },
    ]);
    expect(ranking.quality([1, 1]).rocAuc).toBe(0.5);
    expect(ranking.quality([1, 0]).rocAuc).toBe(0);
    expect(ranking.quality([1, 3]).rocAuc).toBe(0.75);
  });
});

test("an interval holds what all groups together have, and is the same for the same seed", () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8];
  const mean = (times: readonly number[]) => {
    const all = times.reduce((sum, count) => sum + count, 0);
    return { mean: values.reduce((sum, value, at) => sum + value * (times[at] ?? 0), 0) / all };
  };
  const { mean: interval } = bootstrap(1, values.length, mean);

  expect(interval[0]).toBeLessThan(4.5);
  expect(interval[1]).toBeGreaterThan(4.5);
  expect(bootstrap(1, values.length, mean).mean).toEqual(interval);
});
