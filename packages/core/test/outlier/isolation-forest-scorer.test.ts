import { describe, expect, it, test } from "vitest";
import { scorerConformance } from "../../src/conformance/index.js";
import { isolationForestScorer } from "../../src/index.js";
import { seededRandom } from "../../src/outlier/seeded-random.js";
import { bitPattern } from "../math/bit-pattern.js";

describe("the isolation forest passes the conformance suite", () => {
  scorerConformance({ test, create: () => isolationForestScorer() });
});

describe("the isolation forest of the paper alone passes the conformance suite", () => {
  scorerConformance({ test, create: () => isolationForestScorer({ learnsRange: false }) });
});

describe("a small isolation forest passes the conformance suite", () => {
  scorerConformance({ test, create: () => isolationForestScorer({ trees: 10, sampleSize: 16 }) });
});

/** Two features around 0, and three that are as a quiet job's: always the same. */
function quietRows(count: number): number[][] {
  const random = seededRandom(5, 0);
  const value = () => random() + random() + random() - 1.5;
  return Array.from({ length: count }, () => [value(), value(), 443, 0, 1]);
}

describe("isolationForestScorer", () => {
  it("scores a middle row lower than a row at the edge, and that lower than one outside", () => {
    const model = isolationForestScorer().fit(quietRows(300), 1);
    const [middle = 1, edge = 1, outside = 0] = [0, 1.3, 4].map((value) =>
      model.score([value, value, 443, 0, 1]),
    );
    expect(middle).toBeLessThan(0.45);
    expect(edge).toBeGreaterThan(middle + 0.1);
    expect(outside).toBeGreaterThan(edge + 0.1);
  });

  it("sees a value that a feature never had, in either direction", () => {
    const model = isolationForestScorer().fit(quietRows(300), 1);
    const usual = model.score([0, 0, 443, 0, 1]);
    for (const row of [
      [0, 0, 4444, 0, 1],
      [0, 0, 22, 0, 1],
      [0, 0, 443, 1, 1],
      [0, 0, 443, 0, 0],
    ]) {
      expect(model.score(row)).toBeGreaterThan(usual + 0.2);
    }
  });

  it("cannot see that without the range: no tree splits a feature that never changed", () => {
    const model = isolationForestScorer({ learnsRange: false }).fit(quietRows(300), 1);
    const usual = model.score([0, 0, 443, 0, 1]);
    for (const row of [
      [0, 0, 4444, 0, 1],
      [0, 0, 22, 0, 1],
      [0, 0, 443, 1, 0],
    ]) {
      expect(model.score(row)).toBe(usual);
    }
  });

  it("scores rows inside of the range as the paper does", () => {
    const rows = quietRows(300);
    const ours = isolationForestScorer().fit(rows, 1);
    const plain = isolationForestScorer({ learnsRange: false }).fit(rows, 1);
    for (const row of rows) expect(ours.score(row)).toBe(plain.score(row));
  });

  it("gives one row, and rows that are all the same, the middle score", () => {
    expect(
      isolationForestScorer()
        .fit([[1, 2]], 1)
        .score([1, 2]),
    ).toBe(0.5);
    const model = isolationForestScorer().fit([[7], [7], [7]], 1);
    expect(model.score([7])).toBeCloseTo(0.5, 12);
  });

  it("gives another seed another model, however far apart the seeds are", () => {
    const rows = quietRows(300);
    const seeds = [0, 1, -1, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
    const saved = seeds.map((seed) => isolationForestScorer().fit(rows, seed).save());
    expect(new Set(saved).size).toBe(seeds.length);
  });

  it("gives these scores and no others, bit by bit", () => {
    const model = isolationForestScorer({ trees: 20, sampleSize: 64 }).fit(quietRows(100), 42);
    const rows = [
      [0, 0, 443, 0, 1],
      [1, -1, 443, 0, 1],
      [3, 0, 443, 0, 1],
      [0, 0, 80, 0, 1],
    ];
    expect(rows.map((row) => bitPattern(model.score(row)))).toMatchInlineSnapshot(`
      [
        "3fda2ae592170ad2",
        "3fe5605597286fb4",
        "3fe76cbe61c00a49",
        "3fe85ff1ef8d256c",
      ]
    `);
  });

  it("keeps apart values that are next to each other, and holds the largest there are", () => {
    const close = isolationForestScorer().fit([[1], [1], [1 + 2 ** -23]], 1);
    expect(close.score([1 + 2 ** -23])).toBeGreaterThan(close.score([1]));
    const wide = isolationForestScorer().fit([[-Number.MAX_VALUE], [0], [Number.MAX_VALUE]], 1);
    expect(wide.score([0])).toBeGreaterThan(0);
  });

  it.each([
    [{ trees: 0 }, "trees"],
    [{ trees: 1.5 }, "trees"],
    [{ trees: 1_001 }, "trees"],
    [{ sampleSize: 1 }, "sampleSize"],
    [{ sampleSize: 1_025 }, "sampleSize"],
    [{ sampleSize: Number.NaN }, "sampleSize"],
  ])("refuses the options %j", (options, field) => {
    expect(() => isolationForestScorer(options)).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", field }),
    );
  });

  it.each([1.5, Number.NaN, Infinity, 2 ** 53])("refuses the seed %d", (seed) => {
    expect(() => isolationForestScorer().fit([[1]], seed)).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", field: "seed" }),
    );
  });
});
