import { describe, expect, it } from "vitest";
import { looksRandom } from "../../src/knowledge/random-label.js";

/** The same numbers everywhere (Numerical Recipes' quick generator). */
function seededLabels(alphabet: string, length: number, count: number): string[] {
  let state = 1;
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return alphabet[Math.floor((state / 2 ** 32) * alphabet.length)];
  };
  return Array.from({ length: count }, () => Array.from({ length }, draw).join(""));
}

const shareRandom = (labels: readonly string[]) =>
  labels.filter(looksRandom).length / labels.length;

describe("looksRandom", () => {
  it.each([
    ["a hash", "3f786850e387550fdab836ed7e6dc881de23001b"],
    ["a UUID", "0f8fad5b-d9cb-469f-a165-70867728950e"],
    ["a short hexadecimal id", "d111111abcdef8"],
    ["base32", "mfrggzdfmztwq2lknnwg23tpoa"],
    ["letters alone", "xkqzjvwpqh"],
    ["a word beside it", "build-9xk2qv7zj4-cache"],
  ])("says so of %s", (_, label) => {
    expect(looksRandom(label)).toBe(true);
  });

  it.each([
    ...["registry", "productionresultssa17", "objects-origin", "pipelinesghubeus2", "us-east-1"],
    ...["ec2-192-0-2-17", "security-ubuntu-com", "internationalization", "archive-fastly-mirror"],
    ...[
      "kubernetes",
      "thequickbrownfoxjumps",
      "release-2024-11-07",
      "stackoverflow",
      "1234567890123",
    ],
    ...[
      "strengths",
      "postgresql",
      "rhythms",
      "cloudfront",
      "githubusercontent",
      "packages-microsoft-prod",
    ],
    ...["xn--e1afmkfd", "facade", "", "a", "-", "deadbeef"],
  ])("does not say so of %s", (label) => {
    expect(looksRandom(label)).toBe(false);
  });

  it("finds nine in ten labels of random letters and digits, hexadecimal or base32", () => {
    expect(
      shareRandom(seededLabels("abcdefghijklmnopqrstuvwxyz0123456789", 12, 1000)),
    ).toBeGreaterThan(0.9);
    expect(shareRandom(seededLabels("0123456789abcdef", 16, 1000))).toBeGreaterThan(0.9);
    expect(shareRandom(seededLabels("abcdefghijklmnopqrstuvwxyz234567", 16, 1000))).toBeGreaterThan(
      0.9,
    );
  });

  it("finds most labels of random letters alone", () => {
    expect(shareRandom(seededLabels("abcdefghijklmnopqrstuvwxyz", 14, 1000))).toBeGreaterThan(0.7);
  });

  it("takes no longer for a label that no name can have", () => {
    expect(looksRandom("banana".repeat(1_000_000))).toBe(false);
  });
});
