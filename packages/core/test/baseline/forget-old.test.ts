import { describe, expect, it } from "vitest";
import type { BaselineEndpoint } from "../../src/baseline/baseline.js";
import { keptEndpoints, maxDetailedEndpoints } from "../../src/baseline/forget-old.js";
import { seededRandom } from "../../src/outlier/seeded-random.js";

const random = seededRandom(1, 0);
const habits = { programs: {}, lineages: {}, steps: {} };

const entries = Array.from({ length: maxDetailedEndpoints + 700 }, (_, at) => {
  const endpoint: BaselineEndpoint = {
    firstRun: 1,
    lastRun: Math.floor(random() * 50),
    runs: Math.floor(random() * 5),
    firstSeenAt: 1,
    lastSeenAt: 2,
    ...(random() < 0.2 ? { unreviewed: true } : {}),
    habits,
  };
  return [`h${at}.example.com:443`, endpoint] as const;
});

describe("what a baseline keeps", () => {
  it("are the habits of the most important endpoints, in whatever order it holds them", () => {
    const byImportance = [...entries].sort(
      ([keyA, a], [keyB, b]) =>
        Number(a.unreviewed ?? false) - Number(b.unreviewed ?? false) ||
        b.lastRun - a.lastRun ||
        b.runs - a.runs ||
        (keyA < keyB ? -1 : 1),
    );
    const wanted = byImportance.slice(0, maxDetailedEndpoints).map(([key]) => key);
    for (const order of [entries, [...entries].reverse(), byImportance]) {
      const { endpoints, forgotten } = keptEndpoints({}, new Map(order), () => true);
      const detailed = Object.keys(endpoints).filter((key) => endpoints[key]?.habits !== undefined);
      expect(detailed.sort()).toEqual([...wanted].sort());
      expect(Object.keys(endpoints)).toHaveLength(entries.length);
      expect(forgotten).toBe(0);
    }
  });

  it("is the same whether a run changed an endpoint or it was like that before", () => {
    const half = entries.slice(0, 3_000);
    const old = half.map(([key, endpoint]) => [key, { ...endpoint, runs: 1_000 }] as const);
    const isCurrent = (lastRun: number) => lastRun > 20;
    const changed = keptEndpoints(Object.fromEntries(old), new Map(entries), isCurrent);
    const before = keptEndpoints(Object.fromEntries(entries), new Map(), isCurrent);
    expect(changed).toEqual(before);
    expect(changed.forgotten).toBeGreaterThan(0);
  });
});
