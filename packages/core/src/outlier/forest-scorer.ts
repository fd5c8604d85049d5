import type { OutlierScorer } from "../contracts/outlier-scorer.js";
import { StraycallError } from "../straycall-error.js";
import { featureRows } from "./feature-rows.js";
import { forestBuilder, type TreeNodes } from "./forest-builder.js";
import { forestModel } from "./forest-model.js";
import { checkForestSize, type ForestSize } from "./forest-size.js";
import type { LearnedForest } from "./learned-forest.js";
import { learnedRange } from "./learned-range.js";
import { type RowSample, rowSampler } from "./row-sampler.js";
import { loadForest } from "./saved-forest.js";
import { type RandomStream, seededRandom } from "./seeded-random.js";

/** Grows one tree of a forest: asks `random` and nothing else for chance, and gives the nodes in pre-order. */
export type GrowTree = (sample: RowSample, random: RandomStream, nodes: TreeNodes) => void;

export interface ForestScorerOptions extends ForestSize {
  /** Names what saved models are of. */
  name: string;
  growTree: GrowTree;
  /**
   * A row outside of what was learned is scored as if the trees had held it: without this, a value that no row
   * had in a feature where all rows were the same changes nothing. Default false.
   */
  learnsRange?: boolean;
}

/**
 * A scorer whose model is a forest of trees that cut rows off at random: the sooner a row is alone, the more
 * of an outlier it is (Liu, Ting & Zhou, "Isolation Forest", 2008).
 *
 * It brings all but the growing: it checks and samples the rows, gives chance by the seed, keeps the trees
 * without the rows, scores, saves and loads.
 *
 * @throws StraycallError CONFIG_INVALID if an option is wrong
 */
export function forestScorer(options: ForestScorerOptions): OutlierScorer {
  const { name, growTree, learnsRange = false } = options;
  const { trees, sampleSize } = checkForestSize(options);
  return {
    name,
    fit(rows, seed) {
      if (!Number.isSafeInteger(seed)) {
        throw new StraycallError("CONFIG_INVALID", "seed must be a safe integer", {
          field: "seed",
        });
      }
      const checked = featureRows(rows);
      const size = Math.min(sampleSize, checked.count);
      const draw = rowSampler(checked, size);
      const builder = forestBuilder(checked.features, size);
      for (let tree = 0; tree < trees; tree += 1) {
        const random = seededRandom(seed, tree);
        const sample = draw(random);
        builder.addTree((nodes) => growTree(sample, random, nodes));
      }
      const learned: LearnedForest = { scorer: name, forest: builder.forest() };
      return forestModel(learnsRange ? { ...learned, range: learnedRange(checked) } : learned);
    },
    load: (saved) => forestModel(loadForest(saved, name)),
  };
}
