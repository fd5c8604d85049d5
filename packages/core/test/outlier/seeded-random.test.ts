import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/outlier/seeded-random.js";

const first = (seed: number, stream: number, count: number) => {
  const random = seededRandom(seed, stream);
  return Array.from({ length: count }, random);
};

describe("seededRandom", () => {
  it("gives these numbers and no others", () => {
    expect(first(1, 0, 4).map((value) => value * 2 ** 32)).toMatchInlineSnapshot(`
      [
        2719816156,
        329822289,
        138300035,
        2845726439,
      ]
    `);
  });

  it("gives other numbers for another seed or stream", () => {
    const all = [first(1, 0, 3), first(2, 0, 3), first(1, 1, 3), first(1 + 2 ** 32, 0, 3)];
    expect(new Set(all.map(String)).size).toBe(all.length);
  });

  it("is spread evenly from 0 up to 1", () => {
    const counts = new Array(10).fill(0);
    for (const value of first(3, 4, 100_000)) counts[Math.floor(value * 10)] += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });
});
