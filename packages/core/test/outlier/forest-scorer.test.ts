import { describe, expect, it } from "vitest";
import { forestScorer, type GrowTree, type RowSample } from "../../src/index.js";

const rows = [[1], [2], [3], [4]];
const scorerOf = (growTree: GrowTree) =>
  forestScorer({ name: "mine", trees: 2, sampleSize: 4, growTree });

/** Cuts off what is below 2.5. */
const oneCut: GrowTree = (_, __, nodes) => {
  nodes.split(0, 2.5);
  nodes.leaf(2);
  nodes.leaf(2);
};

describe("forestScorer", () => {
  it("scores by how deep rows lie in the trees that were grown", () => {
    // Depth 1 and c(2) = 1 below it, against c(4) = 13 / 6.
    expect(scorerOf(oneCut).fit(rows, 1).score([1])).toBeCloseTo(2 ** -(2 / (13 / 6)), 12);
    const unequal = scorerOf((_, __, nodes) => {
      nodes.split(0, 1.5);
      nodes.leaf(1);
      nodes.leaf(3);
    }).fit(rows, 1);
    expect(unequal.score([1])).toBeGreaterThan(unequal.score([2]));
    expect(unequal.score([2])).toBe(unequal.score([4]));
  });

  it("sends single-precision rows the way that the value itself would", () => {
    // The nearest single-precision number to a value between 1 and the next one above 1 is 1 itself.
    const model = scorerOf((_, __, nodes) => {
      nodes.split(0, 1 + 2 ** -30);
      nodes.leaf(1);
      nodes.leaf(3);
    }).fit(rows, 1);
    expect(model.score([1])).toBeGreaterThan(model.score([1 + 2 ** -23]));
    expect(model.score([1 + 2 ** -23])).toBe(model.score([2]));
  });

  it("gives each tree another sample, and each of its rows once", () => {
    const samples: RowSample[] = [];
    const scorer = forestScorer({
      name: "mine",
      trees: 50,
      sampleSize: 3,
      growTree(sample, _, nodes) {
        samples.push(sample);
        nodes.leaf(sample.count);
      },
    });
    scorer.fit(
      [
        [1, -1],
        [2, -2],
        [3, -3],
        [4, -4],
      ],
      9,
    );
    expect(samples).toHaveLength(50);
    for (const { count, features, values } of samples) {
      expect([count, features, values.length]).toEqual([3, 2, 6]);
      expect(new Set(values.slice(0, 3)).size).toBe(3);
      expect([...values.slice(3)]).toEqual([...values.slice(0, 3)].map((value) => -value));
    }
    expect(new Set(samples.map(({ values }) => `${[...values].sort()}`)).size).toBe(4);
  });

  it.each<[string, GrowTree]>([
    ["no node", () => {}],
    [
      "a missing side",
      (_, __, nodes) => {
        nodes.split(0, 2);
        nodes.leaf(4);
      },
    ],
    [
      "a second tree",
      (_, __, nodes) => {
        nodes.leaf(4);
        nodes.leaf(0);
      },
    ],
    ["too few rows", (_, __, nodes) => nodes.leaf(3)],
    ["too many rows", (_, __, nodes) => nodes.leaf(5)],
    ["half a row", (_, __, nodes) => nodes.leaf(3.5)],
    ["a feature that is not there", (_, __, nodes) => nodes.split(1, 2)],
    ["a split at no number", (_, __, nodes) => nodes.split(0, Number.NaN)],
    [
      "a tree without an end",
      (_, __, nodes) => {
        for (;;) nodes.split(0, 2);
      },
    ],
  ])("refuses a tree with %s", (_, growTree) => {
    expect(() => scorerOf(growTree).fit(rows, 1)).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID" }),
    );
  });
});
