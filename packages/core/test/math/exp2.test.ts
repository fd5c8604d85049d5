import { describe, expect, test } from "vitest";
import { exp2 } from "../../src/math/exp2.js";
import { bitPattern } from "./bit-pattern.js";

describe("exp2", () => {
  test("agrees with 2 ** x over the whole range", () => {
    for (let x = -1021; x < 1024; x += 0.0937) {
      expect(Math.abs(exp2(x) / 2 ** x - 1)).toBeLessThan(1e-15);
    }
  });

  test("is exact for whole numbers, down to the smallest number there is", () => {
    for (let k = -1074; k <= 1023; k += 1) expect(exp2(k)).toBe(2 ** k);
  });

  test("rounds subnormal results to the nearest", () => {
    for (let x = -1075; x < -1022; x += 0.37) {
      expect(Math.abs(exp2(x) - 2 ** x)).toBeLessThanOrEqual(Number.MIN_VALUE);
    }
  });

  test("has a value or NaN for every number", () => {
    expect(exp2(1024)).toBe(Infinity);
    expect(exp2(Infinity)).toBe(Infinity);
    expect(exp2(-1076)).toBe(0);
    expect(exp2(-Infinity)).toBe(0);
    expect(exp2(-0)).toBe(1);
    expect(exp2(Number.NaN)).toBeNaN();
  });

  test.each([
    [0.5, "3ff6a09e667f3bcc"],
    [-0.1, "3feddb680117ab12"],
    [3.3, "4023b2c47bff8328"],
    [-1060.7, "0000000000002766"],
    [1023.9, "7feddb680117aa8e"],
  ])("of %d is these bits and no others", (x, expected) => {
    expect(bitPattern(exp2(x))).toBe(expected);
  });
});
