import { expect, it } from "vitest";
import { lookAlikeText } from "../../src/knowledge/look-alike/look-alike-text.js";

it("says in a sentence what a name imitates", () => {
  expect(lookAlikeText({ of: "github.com", how: "one-edit" })).toBe(
    "It is one letter from github.com.",
  );
  expect(lookAlikeText({ of: "npmjs.org", how: "name-in-front" })).toBe(
    "It puts npmjs.org in front of another's domain.",
  );
});
