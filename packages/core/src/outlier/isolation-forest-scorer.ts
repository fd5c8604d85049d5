import type { OutlierScorer } from "../contracts/outlier-scorer.js";
import { forestScorer } from "./forest-scorer.js";
import type { ForestSize } from "./forest-size.js";
import { growIsolationTree } from "./grow-isolation-tree.js";

export interface IsolationForestOptions extends ForestSize {
  /**
   * A row outside of what was learned is scored as if the trees had held it. False scores it as the paper does,
   * where a value that no row had in a feature where all rows were the same changes nothing. Default true.
   */
  learnsRange?: boolean;
}

/**
 * The isolation forest of Liu, Ting & Zhou (2008, 2012), with samples of 256 rows and 100 trees.
 *
 * @throws StraycallError CONFIG_INVALID if an option is wrong
 */
export function isolationForestScorer(options: IsolationForestOptions = {}): OutlierScorer {
  return forestScorer({
    learnsRange: true,
    ...options,
    name: "isolation-forest",
    growTree: growIsolationTree,
  });
}
