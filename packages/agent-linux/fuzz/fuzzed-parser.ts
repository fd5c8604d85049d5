import type { Samples } from "./mutate.js";

/** A parser of bytes that an attacker may write, as the fuzzer drives it. */
export interface FuzzedParser extends Samples {
  /** Names its findings too: letters and digits. */
  name: string;
  /** Reads one input from a state of its own. */
  parse(input: Buffer): unknown;
  /** The largest output that an input may lead to: characters, and 8 for each thing. */
  maxOutput(input: Buffer): number;
}
