import { type ForestSize, forestScorer, type OutlierScorer } from "@straycall/core";
import { growLibraryTree } from "./grow-library-tree.js";

/**
 * An isolation forest whose trees npm's `ml-isolation-forest` grows.
 *
 * The library has no seed, no sub-sampling and no way to save a model, keeps all rows and computes c(n) wrongly.
 * Here it only grows: each tree from a sample of its own, with chance from the seed. The trees are then kept
 * without the rows and scored as Liu, Ting & Zhou (2008) say.
 *
 * @throws StraycallError CONFIG_INVALID if an option is wrong
 */
export function mlIsolationForestScorer(options: ForestSize = {}): OutlierScorer {
  return forestScorer({ ...options, name: "ml-isolation-forest", growTree: growLibraryTree });
}
