import { describe, expect, it } from "vitest";
import { baselineMaturity } from "../../src/baseline/maturity.js";
import { learned } from "./learned.js";

const stable = (runs: number) => Array.from({ length: runs }, () => ["a.example.com"]);

describe("the maturity of a baseline", () => {
  it("is learning until enough runs were learned", () => {
    expect(baselineMaturity(undefined, 2)).toMatchObject({ level: "learning", runs: 0 });
    expect(baselineMaturity(learned(stable(1)), 2)).toMatchObject({ level: "learning", runs: 1 });
  });

  it("is stable when runs bring nothing new, and says how seldom they will", () => {
    const few = baselineMaturity(learned(stable(10)), 5);
    const many = baselineMaturity(learned(stable(100)), 5);
    expect(few.level).toBe("stable");
    expect(many.chanceOfNew).toBeLessThan(few.chanceOfNew);
    expect(many.text).toMatch(/^about 1 run in \d+ brings something new$/);
  });

  it("is changing when many runs bring something new", () => {
    const restless = Array.from({ length: 10 }, (_, run) => [
      "a.example.com",
      `h${run}x.example.org`,
      `${"abcdefghij"[run]}.example.net`,
    ]);
    expect(baselineMaturity(learned(restless), 5)).toMatchObject({ level: "changing" });
  });

  it("takes a new member of a family for nothing new", () => {
    const shards = Array.from({ length: 10 }, (_, run) => [
      "a.example.com",
      `shard${run}.example.org`,
    ]);
    expect(baselineMaturity(learned(shards), 5)).toMatchObject({ level: "stable" });
  });
});
