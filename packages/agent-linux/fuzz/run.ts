import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { keepFinding } from "./findings.js";
import { fuzzParsers, type Tally } from "./fuzz-parsers.js";
import { mutate } from "./mutate.js";
import { parserNamed, parsers } from "./parsers.js";
import { seededRandom, seedOf } from "./random.js";

const { values } = parseArgs({
  options: {
    /** Of all parsers together. */
    inputs: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    /** Only this one. */
    parser: { type: "string" },
  },
});
const seed = wholeNumber(values.seed);
const names = values.parser ? [parserNamed(values.parser).name] : parsers.map(({ name }) => name);
const inputsEach = Math.ceil(wholeNumber(values.inputs) / names.length);

const start = performance.now();
const tallies = await fuzzParsers(names, inputsEach, seed, availableParallelism());
const seconds = (performance.now() - start) / 1_000;

for (const [name, tally] of tallies) report(name, tally);
const all = [...tallies.values()];
const inputs = all.reduce((sum, each) => sum + each.inputs, 0);
const faults = all.reduce((sum, each) => sum + each.faults.length, 0);
console.log(
  `${inputs} inputs in ${seconds.toFixed(0)} s, ${(inputs / seconds).toFixed(0)} a second; ${faults} findings (seed ${seed})`,
);
process.exitCode = faults === 0 ? 0 : 1;

function report(name: string, { inputs, understood, milliseconds, faults }: Tally): void {
  const speed = (inputs / Math.max(1, milliseconds)) * 1_000;
  const share = (understood / Math.max(1, inputs)) * 100;
  console.log(
    `${name.padEnd(12)} ${String(inputs).padStart(9)} inputs ${speed.toFixed(0).padStart(7)}/s a thread ${share.toFixed(0).padStart(4)} % understood ${faults.length} findings`,
  );
  for (const { index, fault } of faults) {
    const input = mutate(seededRandom(seedOf(seed, name, index)), parserNamed(name));
    console.log(
      `  ${fault.kind} at input ${index}: ${fault.detail}\n  ${keepFinding(name, input)}`,
    );
  }
}

function wholeNumber(text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Error(`"${text}" is not a whole number`);
}
