import { isolationForestScorer } from "@straycall/core";
import { scorerConformance } from "@straycall/core/conformance";
import { IsolationForest, type TreeNode } from "ml-isolation-forest";
import { describe, expect, it, test } from "vitest";
import { growLibraryTree } from "../src/grow-library-tree.js";
import { mlIsolationForestScorer } from "../src/index.js";
import { withMathRandom } from "../src/with-math-random.js";

describe("ml-isolation-forest passes the conformance suite", () => {
  scorerConformance({ test, create: () => mlIsolationForestScorer() });
});

/** Numbers that look random, the same every time. */
function stream(): () => number {
  let state = 7;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Single-precision numbers, as the library gets them. */
function clusterRows(count: number): number[][] {
  const random = stream();
  const value = () => Math.fround(random() + random());
  return Array.from({ length: count }, () => [value(), value(), 443]);
}

describe("mlIsolationForestScorer", () => {
  it("keeps the library's trees as they are", () => {
    const rows = clusterRows(60);
    const library = new IsolationForest({ nEstimators: 1 });
    withMathRandom(stream(), () => library.train(rows));
    const expected: string[] = [];
    const walk = (node: TreeNode) => {
      if (!node.left || !node.right) {
        expected.push(`${node.trainingSet?.length} rows`);
        return;
      }
      expected.push(`${node.splitColumn} below ${node.splitValue}`);
      walk(node.left);
      walk(node.right);
    };
    for (const tree of library.forest) walk(tree);

    const values = Float32Array.from(
      [0, 1, 2].flatMap((feature) => rows.map((row) => row[feature] ?? 0)),
    );
    const grown: string[] = [];
    growLibraryTree({ count: 60, features: 3, values }, stream(), {
      split: (feature, value) => grown.push(`${feature} below ${value}`),
      leaf: (count) => grown.push(`${count} rows`),
    });
    expect(grown).toEqual(expected);
    expect(grown.length).toBeGreaterThan(20);
  });

  it("leaves Math.random as it was, also where the library fails", () => {
    const own = Math.random;
    mlIsolationForestScorer({ trees: 2 }).fit(clusterRows(20), 1);
    expect(Math.random).toBe(own);
    expect(() =>
      withMathRandom(
        () => 0,
        () => {
          throw new Error("failed");
        },
      ),
    ).toThrow("failed");
    expect(Math.random).toBe(own);
  });

  it("ranks rows much as the isolation forest of core does", () => {
    const rows = clusterRows(256);
    const library = mlIsolationForestScorer().fit(rows, 1);
    const own = isolationForestScorer().fit(rows, 1);
    const byScore = (model: typeof own) =>
      rows.toSorted((left, right) => model.score(right) - model.score(left)).slice(0, 25);
    const shared = byScore(library).filter((row) => byScore(own).includes(row));
    expect(shared.length).toBeGreaterThan(15);
  });

  it("sees what is below a feature that never changed, and not what is above, as the library does", () => {
    const model = mlIsolationForestScorer().fit(clusterRows(256), 1);
    const usual = model.score([1, 1, 443]);
    expect(model.score([1, 1, 4444])).toBe(usual);
    expect(model.score([1, 1, 22])).toBeGreaterThan(usual + 0.2);
  });

  it("refuses options that are wrong", () => {
    expect(() => mlIsolationForestScorer({ trees: 0 })).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", field: "trees" }),
    );
  });
});
