import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lastOf } from "../../src/baseline/last-of.js";

const ascending = (one: number, other: number) => one - other;

describe("the last of many", () => {
  it("are those that sorting all of them gives", () => {
    const items = fc.uniqueArray(fc.integer(), { maxLength: 1_000 });
    fc.assert(
      fc.property(items, fc.integer({ min: -1, max: 1_100 }), (numbers, count) => {
        const sorted = [...numbers].sort(ascending);
        const wanted = sorted.slice(Math.max(0, sorted.length - Math.max(0, count)));
        expect(lastOf(numbers, count, ascending).sort(ascending)).toEqual(wanted);
      }),
      { numRuns: 200 },
    );
  });
});
