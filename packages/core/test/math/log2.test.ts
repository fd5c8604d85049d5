import { describe, expect, test } from "vitest";
import { log2 } from "../../src/math/log2.js";
import { bitPattern } from "./bit-pattern.js";

/** Never 1, whose logarithm is 0. */
function spread(count: number): number[] {
  return Array.from({ length: count }, (_, index) =>
    Math.exp(((index + 0.5) / count - 0.5) * 1400),
  );
}

describe("log2", () => {
  test("agrees with Math.log2 over the whole range", () => {
    for (const x of spread(20_000))
      expect(Math.abs(log2(x) / Math.log2(x) - 1)).toBeLessThan(1e-15);
  });

  test("keeps its digits next to 1, where the logarithm is next to 0", () => {
    for (let difference = 0.3; difference > 1e-15; difference *= 0.7) {
      for (const x of [1 + difference, 1 - difference]) {
        const exact = Math.log1p(x - 1) * Math.LOG2E;
        expect(Math.abs(log2(x) / exact - 1)).toBeLessThan(1e-15);
      }
    }
  });

  test("is exact for powers of two, subnormal ones too", () => {
    for (let k = -1074; k <= 1023; k += 1) expect(log2(2 ** k)).toBe(k);
  });

  test("has a value or NaN for every number", () => {
    expect(log2(0)).toBe(-Infinity);
    expect(log2(-0)).toBe(-Infinity);
    expect(log2(Infinity)).toBe(Infinity);
    expect(log2(-1)).toBeNaN();
    expect(log2(-Infinity)).toBeNaN();
    expect(log2(Number.NaN)).toBeNaN();
  });

  test.each([
    [3, "3ff95c01a39fbd69"],
    [10, "400a934f0979a371"],
    [0.1, "c00a934f0979a371"],
    [1.0000000001, "3de3d40846f44141"],
    [1e-310, "c0901730dabca5f6"],
    [1.7e308, "408fff5ae814b54a"],
  ])("of %d is these bits and no others", (x, expected) => {
    expect(bitPattern(log2(x))).toBe(expected);
  });
});
