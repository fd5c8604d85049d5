import type { OutlierModel } from "../contracts/outlier-scorer.js";
import { exp2 } from "../math/exp2.js";
import { log2 } from "../math/log2.js";
import { featureRow } from "./feature-rows.js";
import { meanDepth } from "./forest.js";
import type { LearnedForest } from "./learned-forest.js";
import { chanceOfFirstCut } from "./learned-range.js";
import { saveForest } from "./saved-forest.js";

/** Below this a row is as good as inside, and the formula for the others would only lose digits. */
const smallestChance = 1e-9;

export function forestModel(learned: LearnedForest): OutlierModel {
  const { forest, range } = learned;
  const typicalDepth = forest.depthsBelow[forest.sampleSize] as number;
  return {
    score(row) {
      const checked = featureRow(row, forest.features, "row");
      // A tree of one row says nothing.
      if (typicalDepth === 0) return 0.5;
      const depth = meanDepth(forest, checked);
      const chance = range === undefined ? 0 : chanceOfFirstCut(range, checked);
      return exp2(-cutShort(depth, chance) / typicalDepth);
    },
    save: () => saveForest(learned),
  };
}

/**
 * The expected depth of a row that each cut on the way parts from all others with this chance: what a forest
 * that had held the row would say. Deeper inside the chance is larger still, so it errs on the quiet side.
 */
function cutShort(depth: number, chance: number): number {
  if (chance < smallestChance) return depth;
  return (1 - exp2(depth * log2(1 - chance))) / chance;
}
