/**
 * Trees as flat arrays, the nodes of each in pre-order: behind a split comes its left side, then its right.
 */
export interface Forest {
  features: number;
  /** Rows that each tree learned from. */
  sampleSize: number;
  /** Where each tree begins. */
  roots: Uint32Array;
  /** The feature that a node looks at, or {@link leafMark}. */
  splits: Uint16Array;
  /** What is below this goes left; of a leaf, how deep in the tree it is. */
  values: Float32Array;
  /** Where the right side of a split begins; of a leaf, the rows that ended here. */
  rights: Uint32Array;
  /** How much deeper a row would lie below a leaf, by the rows that ended there. */
  depthsBelow: Float64Array;
}

export const leafMark = 65_535;

/** How deep a row lies in the trees, on average. */
export function meanDepth(forest: Forest, row: Float32Array): number {
  const { roots, splits, values, rights, depthsBelow } = forest;
  let sum = 0;
  for (let tree = 0; tree < roots.length; tree += 1) {
    let node = roots[tree] as number;
    let feature = splits[node] as number;
    while (feature !== leafMark) {
      const isLeft = (row[feature] as number) < (values[node] as number);
      node = isLeft ? node + 1 : (rights[node] as number);
      feature = splits[node] as number;
    }
    sum += (values[node] as number) + (depthsBelow[rights[node] as number] as number);
  }
  return sum / roots.length;
}
