import { isDeepStrictEqual } from "node:util";
import type { FuzzedParser } from "./fuzzed-parser.js";
import { outputSize } from "./output-size.js";

/** What a parser must not do with any input. */
export interface Fault {
  kind: "threw" | "slow" | "hung" | "died" | "large" | "changing" | "overwriting";
  detail: string;
}

export interface CheckedInput {
  fault?: Fault;
  /** The parser made something of it. */
  isUnderstood: boolean;
}

/** Milliseconds for one input. */
const maxTime = 50;
/** The machine may have been busy elsewhere. */
const slowTries = 3;

/** Gives an input to a parser and looks at what it does. */
export function checkInput(parser: FuzzedParser, input: Buffer): CheckedInput {
  const before = Buffer.from(input);
  try {
    const start = performance.now();
    const output = parser.parse(input);
    const time = performance.now() - start;
    const fault =
      slowness(parser, input, time) ??
      largeness(parser, input, output) ??
      unsteadiness(parser, input, before, output);
    return { isUnderstood: isUnderstood(output), ...(fault === undefined ? {} : { fault }) };
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { isUnderstood: false, fault: { kind: "threw", detail } };
  }
}

function slowness(parser: FuzzedParser, input: Buffer, firstTime: number): Fault | undefined {
  let shortest = firstTime;
  for (let tries = 0; shortest > maxTime && tries < slowTries; tries++) {
    const start = performance.now();
    parser.parse(input);
    shortest = Math.min(shortest, performance.now() - start);
  }
  if (shortest <= maxTime) return undefined;
  return { kind: "slow", detail: `${shortest.toFixed(0)} ms for ${input.length} bytes` };
}

function largeness(parser: FuzzedParser, input: Buffer, output: unknown): Fault | undefined {
  const size = outputSize(output);
  const limit = parser.maxOutput(input);
  if (size <= limit) return undefined;
  return { kind: "large", detail: `${size} out of ${input.length} bytes, at most ${limit}` };
}

function unsteadiness(
  parser: FuzzedParser,
  input: Buffer,
  before: Buffer,
  output: unknown,
): Fault | undefined {
  if (!input.equals(before)) return { kind: "overwriting", detail: "the input was changed" };
  if (isDeepStrictEqual(parser.parse(input), output)) return undefined;
  return { kind: "changing", detail: "the same input gave another output" };
}

/** Parsers refuse with undefined or a word, readers of streams with an empty list. */
function isUnderstood(output: unknown): boolean {
  if (output === undefined || typeof output === "string") return false;
  return !Array.isArray(output) || output.some(isUnderstood);
}
