import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Milliseconds of the fastest of some rounds; each round works on what `prepare` makes, which is not timed. */
export function fastest<T>(
  rounds: number,
  prepare: (round: number) => T,
  work: (made: T) => unknown,
) {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const made = prepare(round);
    const start = performance.now();
    work(made);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Bytes of heap that one of so many things holds on to. */
export function heapOf<T>(copies: number, make: (copy: number) => T): { bytes: number; made: T[] } {
  const made: T[] = [];
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let copy = 0; copy < copies; copy += 1) made.push(make(copy));
  collectGarbage();
  return { bytes: (process.memoryUsage().heapUsed - before) / copies, made };
}
