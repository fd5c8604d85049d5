import { describe, expect, it } from "vitest";
import { forestScorer, isolationForestScorer } from "../../src/index.js";

const rows = Array.from({ length: 40 }, (_, index) => [index % 7, (index * index) % 11]);
const scorer = isolationForestScorer({ trees: 5, sampleSize: 16 });
const saved = JSON.parse(scorer.fit(rows, 1).save());

const loadWith = (changes: object) => scorer.load(JSON.stringify({ ...saved, ...changes }));
const base64 = (...bytes: number[]) => btoa(String.fromCharCode(...bytes));
/** A split of feature 0 at 0. */
const split = [1, 0, 0, 0, 0];

describe("a saved forest", () => {
  it("says what it is, and does not hold the rows", () => {
    const { nodes, range, ...rest } = saved;
    expect(rest).toEqual({
      format: "straycall-forest-1",
      scorer: "isolation-forest",
      features: 2,
      sampleSize: 16,
      trees: 5,
    });
    // Some 20 nodes a tree, 3 or 4 bytes each.
    expect(nodes.length).toBeLessThan(5 * 30 * 6);
    expect(range).toHaveLength(24);
  });

  it("takes some 60 KB of 256 rows with 8 features, and loads them", () => {
    const many = Array.from({ length: 256 }, (_, index) =>
      Array.from({ length: 8 }, (_, feature) => (index * (feature + 3) * 7919) % 1009),
    );
    const text = isolationForestScorer().fit(many, 1).save();
    expect(text.length).toBeLessThan(200_000);
    expect(isolationForestScorer().load(text).save()).toBe(text);
  });

  it("is loaded only by the scorer that saved it", () => {
    const other = forestScorer({ name: "other", growTree: () => {} });
    expect(() => other.load(JSON.stringify(saved))).toThrow("another scorer");
  });

  it.each([
    ["another format", { format: "straycall-forest-2" }],
    ["another field", { more: 1 }],
    ["no features", { features: 0 }],
    ["too many features", { features: 65_536 }],
    ["half a tree", { trees: 4.5 }],
    ["fewer trees than its nodes", { trees: 4 }],
    ["more trees than its nodes", { trees: 6 }],
    ["countless trees", { trees: 1e9 }],
    ["a sample of another size", { sampleSize: 17 }],
    ["a countless sample", { sampleSize: 1e9 }],
    ["no nodes", { nodes: "" }],
    ["nodes that are no base64", { nodes: "?" }],
    ["nodes of half a byte", { nodes: "A" }],
    ["nodes that are numbers", { nodes: [0, 16] }],
    ["splits without end", { trees: 1, nodes: base64(...Array(500).fill(split).flat()) }],
    ["a split cut off", { trees: 1, nodes: base64(1, 0, 0) }],
    [
      "a split of a feature that is not there",
      { trees: 1, nodes: base64(3, 0, 0, 0, 0, 0, 8, 0, 8) },
    ],
    ["a split at NaN", { trees: 1, nodes: base64(1, 0, 0, 0xc0, 0x7f, 0, 8, 0, 8) }],
    ["a leaf with too many rows", { trees: 1, nodes: base64(0, 17) }],
    ["an endless number", { trees: 1, nodes: base64(255, 255, 255, 255, 255, 255) }],
    ["a range that is too short", { range: base64(0, 0, 0, 0) }],
    ["a range that is too long", { range: base64(...Array(17).fill(0)) }],
    [
      "a range the wrong way round",
      { features: 1, trees: 1, nodes: base64(0, 16), range: base64(0, 0, 128, 63, 0, 0, 0, 0) },
    ],
  ])("is refused with %s", (_, changes) => {
    expect(() => loadWith(changes)).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }));
  });

  it("is taken when it is right, as the cases above would be", () => {
    const nodes = base64(...split, 0, 8, 0, 8);
    expect(loadWith({ trees: 1, nodes }).score([1, 2])).toBeLessThan(1);
    const range = base64(0, 0, 0, 0, 0, 0, 128, 63);
    expect(loadWith({ features: 1, trees: 1, nodes: base64(0, 16), range }).score([0])).toBe(0.5);
  });
});
