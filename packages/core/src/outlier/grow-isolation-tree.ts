import type { GrowTree } from "./forest-scorer.js";

/**
 * Grows a tree as Liu, Ting & Zhou (2008) do, algorithm 2: cut a random feature at a random place between its
 * smallest and its largest value, and go on with both sides until the rows are alone or the tree is as deep as
 * an average one.
 */
export const growIsolationTree: GrowTree = (sample, random, nodes) => {
  const { count, features, values } = sample;
  const maxDepth = 32 - Math.clz32(count - 1);
  const rows = countUp(count);
  const order = countUp(features);

  grow({ from: 0, to: count, live: features }, 0);

  function grow(part: Part, depth: number): void {
    const { from, to } = part;
    const cut = to - from > 1 && depth < maxDepth ? chooseCut(part) : undefined;
    if (cut === undefined) {
      nodes.leaf(to - from);
      return;
    }
    nodes.split(cut.feature, cut.value);
    const middle = partition(from, to, cut);
    const { live } = part;
    grow({ from, to: middle, live }, depth + 1);
    grow({ from: middle, to, live }, depth + 1);
  }

  /** Of the features that differ among these rows; nothing where none does. */
  function chooseCut(part: Part): Cut | undefined {
    while (part.live > 0) {
      const at = Math.floor(random() * part.live);
      const feature = order[at] as number;
      const { low, high } = extent(part, feature);
      if (low < high) return { feature, value: between(low, high, random()) };
      // The same in all of these rows, so also in those of either side.
      part.live -= 1;
      order[at] = order[part.live] as number;
      order[part.live] = feature;
    }
  }

  function extent({ from, to }: Part, feature: number): { low: number; high: number } {
    const offset = feature * count;
    let low = Infinity;
    let high = -Infinity;
    for (let index = from; index < to; index += 1) {
      const value = values[offset + (rows[index] as number)] as number;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return { low, high };
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

interface Part {
  /** It is the rows from here up to, not including, `to`. */
  from: number;
  to: number;
  /** Only the first so many features of `order` may differ in them. */
  live: number;
}

interface Cut {
  feature: number;
  value: number;
}

/** Above `low` and not above `high`, so that both sides get a row, however close the two are. */
function between(low: number, high: number, share: number): number {
  const value = low + share * (high - low);
  return value > low && value <= high ? value : high;
}

function countUp(length: number): Uint32Array {
  const numbers = new Uint32Array(length);
  for (let at = 0; at < length; at += 1) numbers[at] = at;
  return numbers;
}
