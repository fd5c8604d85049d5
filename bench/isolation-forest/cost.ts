import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  adapter,
  type BenchForest,
  type FittedForest,
  library,
  ours,
  type Rows,
} from "./forests.js";
import { type LabelledSet, measurePeer } from "./scikit-learn.js";

/** Enough for the quickest of them to be free of noise; fewer where each takes long. */
const rounds = 20;
const patienceMs = 10_000;
const modelsHeld = 5;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

interface Cost {
  fitMs: number;
  scoreMs: number;
  retainedKb: number | undefined;
  savedKb: number;
}

export function printCost(python: string, sets: readonly LabelledSet[]): void {
  console.log(
    "\n### Cost of fitting 100 trees and of scoring every row: the quickest of up to 20 rounds\n",
  );
  console.log(
    "| rows learned and scored | forest | fit ms | x ours | score ms | x ours | kept KB | saved KB |",
  );
  console.log(`|${"---|".repeat(8)}`);
  for (const { name, rows } of [...sets.slice(0, 1).map(firstRows), ...sets]) {
    const peer = measurePeer(python, { learn: rows, score: rows, seeds: [1], rounds });
    const own = cost(ours, rows);
    const costs: [string, Cost][] = [
      [ours.name, own],
      [adapter.name, cost(adapter, rows)],
      [library.name, cost(library, rows)],
      ["scikit-learn", { ...peer, retainedKb: undefined, savedKb: peer.savedBytes / 1024 }],
    ];
    for (const [forest, { fitMs, scoreMs, retainedKb, savedKb }] of costs) {
      const cells = [
        `${name}, ${rows.length} x ${rows[0]?.length}`,
        forest,
        fitMs.toPrecision(3),
        (fitMs / own.fitMs).toFixed(1),
        scoreMs.toPrecision(3),
        (scoreMs / own.scoreMs).toFixed(1),
        retainedKb?.toFixed(0) ?? "",
        savedKb.toFixed(0),
      ];
      console.log(`| ${cells.join(" | ")} |`);
    }
  }
}

/** As many rows as one job's baseline learns from. */
function firstRows({ rows, outliers, ...set }: LabelledSet): LabelledSet {
  return { ...set, rows: rows.slice(0, 256), outliers: outliers.slice(0, 256) };
}

function cost(forest: BenchForest, rows: Rows): Cost {
  const fitted = forest.fit(rows, 1);
  return {
    fitMs: quickest(() => forest.fit(rows, 1)),
    scoreMs: quickest(() => fitted.score(rows)),
    retainedKb: retained(forest, rows) / 1024,
    savedKb: fitted.save().length / 1024,
  };
}

function quickest(work: () => unknown): number {
  let best = Infinity;
  const end = performance.now() + patienceMs;
  for (let round = 0; round < rounds && performance.now() < end; round += 1) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Bytes that a model keeps, the rows left out that were there before. */
function retained(forest: BenchForest, rows: Rows): number {
  const models: FittedForest[] = [];
  const before = bytesInUse();
  for (let seed = 0; seed < modelsHeld; seed += 1) models.push(forest.fit(rows, seed));
  const after = bytesInUse();
  return (after - before) / models.length;
}

function bytesInUse(): number {
  // Buffers are counted as freed only by the collection after the one that freed them.
  for (let times = 0; times < 4; times += 1) collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
