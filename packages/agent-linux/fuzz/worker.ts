import { parentPort, workerData } from "node:worker_threads";
import { checkInput, type Fault } from "./check-input.js";
import { mutate } from "./mutate.js";
import { parserNamed } from "./parsers.js";
import { seededRandom, seedOf } from "./random.js";

/** A stretch of the inputs of a parser. */
export interface Stretch {
  parser: string;
  seed: number;
  first: number;
  count: number;
  /** After which the rest is left. */
  maxFaults: number;
}

export type WorkerMessage =
  | { type: "fault"; parser: string; index: number; fault: Fault }
  | { type: "done"; parser: string; inputs: number; understood: number; milliseconds: number };

/** Tells which input is being checked, for a parser that never comes back. */
const progress = new Int32Array(workerData as SharedArrayBuffer);

parentPort?.on("message", ({ parser: name, seed, first, count, maxFaults }: Stretch) => {
  const parser = parserNamed(name);
  const tell = (message: WorkerMessage) => parentPort?.postMessage(message);
  const start = performance.now();
  let understood = 0;
  let faults = 0;
  let inputs = 0;
  while (inputs < count && faults < maxFaults) {
    const index = first + inputs;
    Atomics.store(progress, 0, index);
    const input = mutate(seededRandom(seedOf(seed, name, index)), parser);
    const { fault, isUnderstood } = checkInput(parser, input);
    inputs += 1;
    if (isUnderstood) understood += 1;
    if (fault === undefined) continue;
    faults += 1;
    tell({ type: "fault", parser: name, index, fault });
  }
  tell({ type: "done", parser: name, inputs, understood, milliseconds: performance.now() - start });
});
