import { describe, expect, it } from "vitest";
import { mutate } from "../../fuzz/mutate.js";
import { joinPieces, splitPieces } from "../../fuzz/pieces.js";
import { seededRandom, seedOf } from "../../fuzz/random.js";

const samples = {
  corpus: [Buffer.from("one sample"), Buffer.from("and another one")],
  words: [Buffer.from("word")],
} as const;

function inputs(seed: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    mutate(seededRandom(seedOf(seed, "sample", index)), samples).toString("latin1"),
  );
}

describe("mutation", () => {
  it("makes the same inputs again from the same seed, and others from another", () => {
    expect(inputs(1, 200)).toEqual(inputs(1, 200));
    expect(inputs(1, 200)).not.toEqual(inputs(2, 200));
  });

  it("makes many different inputs, some of them longer and some shorter", () => {
    const made = inputs(1, 1_000);
    expect(new Set(made).size).toBeGreaterThan(700);
    expect(made.some((each) => each.length > 100)).toBe(true);
    expect(made.some((each) => each.length === 0)).toBe(true);
    expect(made.some((each) => each.includes("word"))).toBe(true);
    expect(Math.max(...made.map((each) => each.length))).toBeLessThanOrEqual(65_536);
  });

  it("leaves the samples alone", () => {
    inputs(3, 500);
    expect(samples.corpus.map(String)).toEqual(["one sample", "and another one"]);
  });
});

describe("pieces in one input", () => {
  it("come out as they went in", () => {
    const pieces = [Buffer.from("a"), Buffer.alloc(0), Buffer.from("bcd")];
    expect(splitPieces(joinPieces(...pieces))).toEqual(pieces);
  });

  it("may be fewer bytes than they say", () => {
    expect(splitPieces(Buffer.from([0xff, 0xff, 1, 2]))).toEqual([Buffer.from([1, 2])]);
    expect(splitPieces(Buffer.from([0]))).toEqual([]);
  });
});
