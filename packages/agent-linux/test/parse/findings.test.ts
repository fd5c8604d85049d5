import { describe, expect, it } from "vitest";
import { checkInput, type Fault } from "../../fuzz/check-input.js";
import { keptFindings } from "../../fuzz/findings.js";
import type { FuzzedParser } from "../../fuzz/fuzzed-parser.js";
import { mutate } from "../../fuzz/mutate.js";
import { parserNamed, parsers } from "../../fuzz/parsers.js";
import { seededRandom, seedOf } from "../../fuzz/random.js";

/** Without slowness: how long an input takes is for the fuzzer to measure, on a machine with nothing else to do. */
function faultsOf(parser: FuzzedParser, inputs: readonly Buffer[]): Fault[] {
  const faults = inputs.flatMap((input) => checkInput(parser, input).fault ?? []);
  return faults.filter(({ kind }) => kind !== "slow");
}

function hostileInputs(parser: FuzzedParser, count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) =>
    mutate(seededRandom(seedOf(1, parser.name, index)), parser),
  );
}

describe.each(parsers)("the parser $name", (parser) => {
  it("understands some of the samples that the fuzzer starts from", () => {
    const results = parser.corpus.map((sample) => checkInput(parser, sample));
    expect(results.some((each) => each.isUnderstood)).toBe(true);
    expect(faultsOf(parser, parser.corpus)).toEqual([]);
  });

  it("takes hostile bytes", () => {
    expect(faultsOf(parser, hostileInputs(parser, 500))).toEqual([]);
  });

  it("takes whatever it once failed on", () => {
    const inputs = keptFindings().filter((each) => each.parser === parser.name);
    expect(
      faultsOf(
        parser,
        inputs.map((each) => each.input),
      ),
    ).toEqual([]);
  });
});

describe("the findings that were kept", () => {
  it("are each of a parser that there is", () => {
    expect(keptFindings().map((each) => parserNamed(each.parser).name)).toEqual(
      keptFindings().map((each) => each.parser),
    );
  });
});
