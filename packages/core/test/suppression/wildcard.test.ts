import { describe, expect, it } from "vitest";
import { matchesWildcard } from "../../src/suppression/wildcard.js";

describe("matchesWildcard", () => {
  it.each([
    ["a.example", "a.example"],
    ["A.Example", "a.eXample"],
    ["*.example", "a.b.example"],
    ["cdn-*.example.com", "cdn-7.example.com"],
    ["*", ""],
    ["a*a", "aa"],
    ["*a*b*", "xxaxxbxx"],
    ["a**c", "abc"],
    ["acme/*", "acme/shop"],
  ])("%j is %j", (pattern, text) => {
    expect(matchesWildcard(pattern, text)).toBe(true);
  });

  it.each([
    ["*.example", "example"],
    ["a*a", "a"],
    ["*.example.com", "example.com.evil.example"],
    ["a.example", "axexample"],
    ["*a*b", "ba"],
    ["ab*ba", "aba"],
    ["", "a"],
  ])("%j is not %j", (pattern, text) => {
    expect(matchesWildcard(pattern, text)).toBe(false);
  });

  it("is not slowed down by any pattern", () => {
    const pattern = "*a".repeat(250);
    const text = "a".repeat(249).padEnd(100_000, "b");
    const before = performance.now();
    expect(matchesWildcard(pattern, text)).toBe(false);
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});
