import { describe, expect, it } from "vitest";
import { looksRandom } from "../../src/knowledge/random-label.js";

describe("looksRandom", () => {
  it("tells drawn labels from words", () => {
    expect(["xqzvkjtpw", "b7rk2mqx9d", "sdkfjhgwertz"].filter(looksRandom)).toHaveLength(3);
    expect(["production", "artifactcache", "registry2", "strengths"].filter(looksRandom)).toEqual(
      [],
    );
  });

  it("says nothing of short labels", () => {
    expect(looksRandom("xqzvkj")).toBe(false);
  });
});
