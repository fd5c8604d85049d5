import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearTexts } from "../../src/knowledge/look-alike/near-texts.js";
import { oneEditAway } from "../../src/knowledge/look-alike/one-edit.js";

const labels = fc.string({
  unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz0123456789-"),
  maxLength: 20,
});

describe("texts that may be one edit away", () => {
  it("are all that are, whatever else is known", () => {
    fc.assert(
      fc.property(fc.array(labels, { maxLength: 5 }), labels, (others, name) => {
        const near = nearTexts([...others, name]);
        for (const text of oneEditAway(name)) expect(near.mayBeNear(text)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it("are not those that differ in digits only", () => {
    const near = nearTexts(["cdn11"]);
    for (const text of ["cdn12", "cdn1", "cdn111"]) expect(near.mayBeNear(text)).toBe(false);
    expect(near.mayBeNear("cdn1l")).toBe(true);
  });

  it("are few of those that are not", () => {
    const near = nearTexts(Array.from({ length: 1_000 }, (_, at) => `service-${at}-name`));
    const strangers = Array.from({ length: 1_000 }, (_, at) => `another-${at}-service`);
    expect(strangers.filter((text) => near.mayBeNear(text)).length).toBeLessThan(10);
  });
});
