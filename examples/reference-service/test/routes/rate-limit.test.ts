import { describe, expect, it } from "vitest";
import { tokenBuckets } from "../../src/routes/rate-limit.js";

describe("token buckets", () => {
  it("let a burst through, then one as each token comes", () => {
    let now = 0;
    const buckets = tokenBuckets({ burst: 2, perSecond: 1 }, () => now);
    expect([buckets.take("a"), buckets.take("a"), buckets.take("a")]).toEqual([0, 0, 1]);
    now = 1_000;
    expect([buckets.take("a"), buckets.take("a")]).toEqual([0, 1]);
  });

  it("give each client its own", () => {
    const buckets = tokenBuckets({ burst: 1, perSecond: 1 }, () => 0);
    expect([buckets.take("a"), buckets.take("b"), buckets.take("a")]).toEqual([0, 0, 1]);
  });

  it("never hold more than a burst", () => {
    let now = 0;
    const buckets = tokenBuckets({ burst: 1, perSecond: 10 }, () => now);
    buckets.take("a");
    now = 3_600_000;
    expect([buckets.take("a"), buckets.take("a")]).toEqual([0, 1]);
  });

  it("forget who was unheard of the longest, so that many addresses fill no memory", () => {
    const buckets = tokenBuckets({ burst: 1, perSecond: 0 }, () => 0);
    for (let client = 0; client <= 10_000; client += 1) buckets.take(`${client}`);
    expect(buckets.take("10000")).toBe(Number.POSITIVE_INFINITY);
    expect(buckets.take("0")).toBe(0);
  });
});
