import { expect, test } from "vitest";
import { expectedDepths } from "../../src/outlier/expected-depths.js";

test("the expected depth of few rows is what counting by hand gives", () => {
  const depths = expectedDepths(256);
  expect([...depths.slice(0, 5)]).toEqual([0, 0, 1, 5 / 3, (2 * 11) / 6 - 3 / 2]);
  // With 5 digits of the harmonic number: 2 * 6.12434 - 2 * 255 / 256.
  expect(depths[256]).toBeCloseTo(10.24875, 3);
});
