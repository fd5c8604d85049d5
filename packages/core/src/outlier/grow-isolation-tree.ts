import type { GrowTree } from "./forest-scorer.js";

/**
 * Grows a tree as Liu, Ting & Zhou (2008) do, algorithm 2: cut a random feature at a random place between its
 * smallest and its largest value, and go on with both sides until the rows are alone or the tree is as deep as
 * an average one.
 */
export const growIsolationTree: GrowTree = (sample, random, nodes) => {
  const { count, features, values } = sample;
  const maxDepth = 32 - Math.clz32(count - 1);
  const rows = Uint32Array.from({ length: count }, (_, index) => index);
  const candidates = new Uint32Array(features);

  grow(0, count, 0);

  /** The part of `rows` from `from` up to, not including, `to`. */
  function grow(from: number, to: number, depth: number): void {
    const cut = to - from > 1 && depth < maxDepth ? chooseCut(from, to) : undefined;
    if (cut === undefined) {
      nodes.leaf(to - from);
      return;
    }
    nodes.split(cut.feature, cut.value);
    const middle = partition(from, to, cut);
    grow(from, middle, depth + 1);
    grow(middle, to, depth + 1);
  }

  /** Of the features that differ among these rows; nothing where none does. */
  function chooseCut(from: number, to: number): Cut | undefined {
    for (let feature = 0; feature < features; feature += 1) candidates[feature] = feature;
    for (let left = features; left > 0; left -= 1) {
      const at = Math.floor(random() * left);
      const feature = candidates[at] as number;
      const offset = feature * count;
      let low = Infinity;
      let high = -Infinity;
      for (let index = from; index < to; index += 1) {
        const value = values[offset + (rows[index] as number)] as number;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      if (low < high) return { feature, value: between(low, high, random()) };
      candidates[at] = candidates[left - 1] as number;
    }
  }

  /** Moves the rows below the cut to the front; answers where the others begin. */
  function partition(from: number, to: number, { feature, value }: Cut): number {
    const offset = feature * count;
    let middle = from;
    for (let index = from; index < to; index += 1) {
      const row = rows[index] as number;
      if ((values[offset + row] as number) >= value) continue;
      rows[index] = rows[middle] as number;
      rows[middle] = row;
      middle += 1;
    }
    return middle;
  }
};

interface Cut {
  feature: number;
  value: number;
}

/** Above `low` and not above `high`, so that both sides get a row, however close the two are. */
function between(low: number, high: number, share: number): number {
  const value = low + share * (high - low);
  return value > low && value <= high ? value : high;
}
