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
}

export type WorkerMessage =
  | { type: "fault"; parser: string; index: number; fault: Fault }
  | { type: "done"; parser: string; count: number; understood: number; milliseconds: number };

/** Tells which input is being checked, for a parser that never comes back. */
const progress = new Int32Array(workerData as SharedArrayBuffer);

parentPort?.on("message", ({ parser: name, seed, first, count }: Stretch) => {
  const parser = parserNamed(name);
  const tell = (message: WorkerMessage) => parentPort?.postMessage(message);
  const start = performance.now();
  let understood = 0;
  for (let index = first; index < first + count; index++) {
    Atomics.store(progress, 0, index);
    const input = mutate(seededRandom(seedOf(seed, name, index)), parser);
    const { fault, isUnderstood } = checkInput(parser, input);
    if (isUnderstood) understood += 1;
    if (fault !== undefined) tell({ type: "fault", parser: name, index, fault });
  }
  tell({ type: "done", parser: name, count, understood, milliseconds: performance.now() - start });
});
