import { isolationForestScorer, type OutlierScorer } from "@straycall/core";
import { mlIsolationForestScorer } from "@straycall/scorer-ml-isolation-forest";
import { IsolationForest } from "ml-isolation-forest";

export type Rows = readonly (readonly number[])[];

/** A forest of this process, whatever its interface is. */
export interface BenchForest {
  name: string;
  fit(rows: Rows, seed: number): FittedForest;
}

export interface FittedForest {
  score(rows: Rows): number[];
  save(): string;
}

const fromScorer = (name: string, scorer: OutlierScorer): BenchForest => ({
  name,
  fit(rows, seed) {
    const model = scorer.fit(rows, seed);
    return { score: (asked) => asked.map((row) => model.score(row)), save: () => model.save() };
  },
});

export const ours = fromScorer("ours", isolationForestScorer());
export const paper = fromScorer(
  "ours, learnsRange: false",
  isolationForestScorer({ learnsRange: false }),
);
export const adapter = fromScorer("ml-isolation-forest, adapted", mlIsolationForestScorer());

/** As it comes: no seed, every tree learns all rows, and what can be saved of it is all that it holds. */
export const library: BenchForest = {
  name: "ml-isolation-forest, as it is",
  fit(rows) {
    const forest = new IsolationForest({ nEstimators: 100 });
    forest.train(rows);
    return { score: (asked) => forest.predict(asked), save: () => JSON.stringify(forest) };
  },
};
