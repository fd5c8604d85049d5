import { describe, expect, it } from "vitest";
import { checkInput } from "../../fuzz/check-input.js";
import type { FuzzedParser } from "../../fuzz/fuzzed-parser.js";

const input = Buffer.from("abc");

function parser(parse: FuzzedParser["parse"]): FuzzedParser {
  return { name: "sample", corpus: [input], words: [], parse, maxOutput: () => 100 };
}

function faultOf(parse: FuzzedParser["parse"]): string | undefined {
  return checkInput(parser(parse), Buffer.from(input)).fault?.kind;
}

describe("the fuzzer's check", () => {
  it("finds nothing wrong with a parser that does its work", () => {
    const text = parser((bytes) => ({ text: bytes.toString() }));
    expect(checkInput(text, input)).toEqual({ isUnderstood: true });
  });

  it("finds a parser that throws", () => {
    expect(faultOf((bytes) => bytes.readUInt32BE(0))).toBe("threw");
  });

  it("finds a parser that takes long", () => {
    const takeLong = () => {
      const end = performance.now() + 60;
      while (performance.now() < end);
    };
    expect(faultOf(takeLong)).toBe("slow");
  });

  it("finds a parser that makes much out of little", () => {
    expect(faultOf(() => [{ text: "x".repeat(101) }])).toBe("large");
    expect(faultOf(() => new Map([["a", Buffer.alloc(101)]]))).toBe("large");
  });

  it("finds a parser that remembers", () => {
    let calls = 0;
    expect(faultOf(() => (calls += 1))).toBe("changing");
  });

  it("finds a parser that writes over its input", () => {
    expect(faultOf((bytes) => bytes.fill(0).length)).toBe("overwriting");
  });

  it("knows refusals from what was understood", () => {
    for (const refusal of [undefined, "other", [], ["incomplete", undefined]]) {
      expect(
        checkInput(
          parser(() => refusal),
          input,
        ),
      ).toEqual({ isUnderstood: false });
    }
  });
});
