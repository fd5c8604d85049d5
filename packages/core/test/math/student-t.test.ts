import { describe, expect, test } from "vitest";
import { studentUpperTail } from "../../src/math/student-t.js";
import { bitPattern } from "./bit-pattern.js";

describe("studentUpperTail", () => {
  // From scipy.stats.t.sf, version 1.17.1.
  test.each([
    [-3, 0.5, 0.8163459220070283],
    [1000, 0.5, 0.010141454540857095],
    [0.5, 1, 0.35241638234956674],
    [12, 1, 0.026464676059589878],
    [-3, 3, 0.9711655571887814],
    [2, 3, 0.06966298427942152],
    [1000, 3, 1.102653821288296e-9],
    [0.5, 30, 0.3103615024425636],
    [12, 30, 2.7900927075996303e-13],
    [1000, 30, 1.0360017415558664e-69],
    [2, 1000, 0.02288517324662583],
    [12, 1000, 2.1620286933872145e-31],
    [5, 10_000, 2.915163306851019e-7],
  ])("above %d with %d degrees of freedom", (t, degrees, expected) => {
    expect(Math.abs(studentUpperTail(t, degrees) / expected - 1)).toBeLessThan(1e-10);
  });

  test("falls as t grows, and both sides of it add up to 1", () => {
    for (const degrees of [0.1, 1, 2.5, 17, 300, 5000]) {
      let last = 1;
      for (let t = -8; t <= 8; t += 0.25) {
        const tail = studentUpperTail(t, degrees);
        // In the far left tail it is so close to 1 that neighbours may be the same number.
        expect(tail).toBeLessThanOrEqual(last);
        expect(tail + studentUpperTail(-t, degrees)).toBeCloseTo(1, 12);
        last = tail;
      }
      expect(last).toBeLessThan(0.5);
    }
  });

  test("has a value or NaN for every number", () => {
    expect(studentUpperTail(0, 3)).toBe(0.5);
    expect(studentUpperTail(Infinity, 3)).toBe(0);
    expect(studentUpperTail(-Infinity, 3)).toBe(1);
    expect(studentUpperTail(1e200, 1)).toBe(0);
    expect(studentUpperTail(1e-200, 1)).toBe(0.5);
    expect(studentUpperTail(1.6448536, Infinity)).toBeCloseTo(0.05, 6);
    expect(studentUpperTail(1, 0)).toBeNaN();
    expect(studentUpperTail(1, -1)).toBeNaN();
    expect(studentUpperTail(Number.NaN, 3)).toBeNaN();
    expect(studentUpperTail(1, Number.NaN)).toBeNaN();
  });

  test.each([
    [1, 1, "3fd0000000000006"],
    [2.5, 4, "3fa1179cbe6f3559"],
    [6, 30, "3ea7645fa3673198"],
    [-0.3, 199, "3fe3c4a5d319e8f5"],
  ])("above %d with %d degrees of freedom is these bits and no others", (t, degrees, expected) => {
    expect(bitPattern(studentUpperTail(t, degrees))).toBe(expected);
  });
});
