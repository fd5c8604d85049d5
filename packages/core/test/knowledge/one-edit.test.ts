import { describe, expect, it } from "vitest";
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
});
