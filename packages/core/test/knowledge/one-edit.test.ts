import { describe, expect, it } from "vitest";
import { labelHash } from "../../src/knowledge/look-alike/label-hash.js";
import { oneEditAway } from "../../src/knowledge/look-alike/one-edit.js";

describe("oneEditAway", () => {
  it("knows every kind of edit", () => {
    const texts = new Set(oneEditAway("abc"));
    for (const text of ["ab", "bc", "ac", "xabc", "abxc", "abcx", "xbc", "abx", "bac", "acb"]) {
      expect(texts).toContain(text);
    }
    expect(texts).not.toContain("abc");
    expect(texts).not.toContain("cba");
  });

  it("leaves edits from digit to digit out", () => {
    const texts = new Set(oneEditAway("a12"));
    for (const text of ["a13", "a1", "a123", "a21"]) expect(texts).not.toContain(text);
    expect(texts).toContain("al2");
  });

  it("makes the same texts when it is told which hashes are looked for", () => {
    for (const text of ["", "a", "github-actions", "x1y2", "a".repeat(63)]) {
      const all = [...oneEditAway(text)];
      const wanted = new Set(all.map(labelHash));
      expect([...oneEditAway(text, (hash) => wanted.has(hash))]).toEqual(all);
    }
  });

  it("makes none that nobody looks for", () => {
    expect([...oneEditAway("github", () => false)]).toEqual([]);
    const wanted = labelHash("gihtub");
    expect([...oneEditAway("github", (hash) => hash === wanted)]).toEqual(["gihtub"]);
  });
});
