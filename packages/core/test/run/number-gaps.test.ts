import { describe, expect, it } from "vitest";
import { numberGaps } from "../../src/run/number-gaps.js";

function missingAfter(...numbers: number[]): number {
  const gaps = numberGaps();
  for (const number of numbers) gaps.arrived(number);
  return gaps.missing;
}

describe("the numbers that have not come", () => {
  it.each([
    ["all in order", [1, 2, 3], 0],
    ["the first", [2, 3], 1],
    ["some in between", [1, 4, 5, 9], 5],
    ["late ones that came after all", [1, 5, 3, 4, 2], 0],
    ["one that came twice", [1, 4, 2, 2, 4], 1],
    ["one out of the middle of a gap", [1, 9, 5], 6],
  ])("%s", (_, numbers, missing) => {
    expect(missingAfter(...numbers)).toBe(missing);
  });

  it("include what was given out and is not there at the end", () => {
    const gaps = numberGaps();
    gaps.arrived(1);
    gaps.givenOut(4);
    gaps.givenOut(2);
    expect(gaps.missing).toBe(3);
    gaps.arrived(3);
    expect(gaps.missing).toBe(2);
  });

  it("are counted exactly, in whatever order the others come", () => {
    const gaps = numberGaps();
    const kept = Array.from({ length: 900 }, (_, i) => i + 1).filter((number) => number % 7 !== 0);
    for (const number of [...kept].sort((a, b) => ((a * 31) % 97) - ((b * 31) % 97))) {
      gaps.arrived(number);
    }
    expect(gaps.missing).toBe(128);
  });

  it("no longer fill the oldest gap once late ones made more gaps than are remembered", () => {
    const gaps = numberGaps();
    gaps.givenOut(10_000);
    for (let number = 2; number <= 4_000; number += 2) gaps.arrived(number);
    const { missing } = gaps;
    gaps.arrived(1);
    expect(gaps.missing).toBe(missing);
    gaps.arrived(9_999);
    expect(gaps.missing).toBe(missing - 1);
  });

  it("stay counted past the limit of what is remembered", () => {
    const everySecond = Array.from({ length: 5_000 }, (_, i) => 2 * (i + 1));
    expect(missingAfter(...everySecond)).toBe(5_000);
  });
});
