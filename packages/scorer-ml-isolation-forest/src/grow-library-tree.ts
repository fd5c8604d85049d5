import type { GrowTree, RowSample, TreeNodes } from "@straycall/core";
import { IsolationForest, type TreeNode } from "ml-isolation-forest";
import { withMathRandom } from "./with-math-random.js";

/** Lets the library train one tree on the sample. */
export const growLibraryTree: GrowTree = (sample, random, nodes) => {
  const forest = new IsolationForest({ nEstimators: 1 });
  withMathRandom(random, () => forest.train(rowsOf(sample)));
  for (const tree of forest.forest) addNodes(tree, nodes);
};

function rowsOf({ count, features, values }: RowSample): number[][] {
  const rows: number[][] = [];
  for (let row = 0; row < count; row += 1) {
    const numbers: number[] = [];
    for (let feature = 0; feature < features; feature += 1) {
      numbers.push(values[feature * count + row] as number);
    }
    rows.push(numbers);
  }
  return rows;
}

/** As deep as the library lets a tree be: some ten splits. */
function addNodes(node: TreeNode, nodes: TreeNodes): void {
  const { left, right, splitColumn, splitValue } = node;
  if (!left || !right || splitColumn === undefined || splitValue === undefined) {
    nodes.leaf(node.trainingSet?.length ?? 0);
    return;
  }
  nodes.split(splitColumn, splitValue);
  addNodes(left, nodes);
  addNodes(right, nodes);
}
