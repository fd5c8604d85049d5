import { Worker } from "node:worker_threads";
import type { Fault } from "./check-input.js";
import type { Stretch, WorkerMessage } from "./worker.js";

/** How one parser did. */
export interface Tally {
  inputs: number;
  /** Inputs that it made something of. */
  understood: number;
  /** Of all workers together. */
  milliseconds: number;
  faults: { index: number; fault: Fault }[];
}

/** Of a parser; after that there is something to mend first. */
const maxFaults = 20;
const stretchLength = 10_000;
const checkEvery = 1_000;
const hungAfter = 10_000;

/** Gives each parser as many inputs, on several threads. A parser that never comes back costs its thread, not the run. */
export async function fuzzParsers(
  names: readonly string[],
  inputsEach: number,
  seed: number,
  threads: number,
): Promise<Map<string, Tally>> {
  const tallies = new Map<string, Tally>();
  const stretches: Stretch[] = [];
  for (const parser of names) {
    tallies.set(parser, { inputs: 0, understood: 0, milliseconds: 0, faults: [] });
    for (let first = 0; first < inputsEach; first += stretchLength) {
      const count = Math.min(stretchLength, inputsEach - first);
      stretches.push({ parser, seed, first, count, maxFaults });
    }
  }
  await Promise.all(Array.from({ length: threads }, () => work(stretches, tallies)));
  return tallies;
}

/** Takes stretches until there are none, with a new thread whenever one hangs. */
async function work(stretches: Stretch[], tallies: Map<string, Tally>): Promise<void> {
  while (stretches.length > 0) await workOnOneThread(stretches, tallies);
}

function workOnOneThread(stretches: Stretch[], tallies: Map<string, Tally>): Promise<void> {
  const progress = new Int32Array(new SharedArrayBuffer(4)).fill(-1);
  const workerData = progress.buffer;
  const worker = new Worker(new URL("./worker-start.mjs", import.meta.url), { workerData });
  let current: Stretch | undefined;
  let lastIndex = -1;
  let since = Date.now();

  return new Promise((resolve, reject) => {
    const end = () => {
      clearInterval(watch);
      void worker.terminate().then(() => resolve(), reject);
    };
    const takeNext = () => {
      do current = stretches.shift();
      while (current && (tallies.get(current.parser)?.faults.length ?? 0) >= maxFaults);
      if (current === undefined) return end();
      worker.postMessage(current);
    };
    /** The input that was being checked is to blame; another thread goes on after it. */
    const giveUp = (fault: Fault) => {
      const index = Atomics.load(progress, 0);
      const tally = current && tallies.get(current.parser);
      if (current === undefined || tally === undefined) return;
      const checked = index + 1 - current.first;
      tally.inputs += checked;
      tally.faults.push({ index, fault });
      stretches.unshift({ ...current, first: index + 1, count: current.count - checked });
      end();
    };
    const watch = setInterval(() => {
      const index = Atomics.load(progress, 0);
      if (index !== lastIndex) since = Date.now();
      lastIndex = index;
      if (current === undefined || Date.now() - since < hungAfter) return;
      giveUp({ kind: "hung", detail: `more than ${hungAfter / 1_000} s` });
    }, checkEvery);
    worker.on("error", (error) => {
      const hasBegun = Atomics.load(progress, 0) >= 0;
      if (hasBegun) giveUp({ kind: "died", detail: String(error) });
      else reject(error);
    });
    worker.on("message", (message: WorkerMessage) => {
      const tally = tallies.get(message.parser);
      if (tally === undefined) return;
      if (message.type === "fault") {
        tally.faults.push({ index: message.index, fault: message.fault });
        return;
      }
      tally.inputs += message.inputs;
      tally.understood += message.understood;
      tally.milliseconds += message.milliseconds;
      takeNext();
    });
    takeNext();
  });
}
