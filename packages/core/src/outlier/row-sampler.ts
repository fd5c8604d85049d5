import type { FeatureRows } from "./feature-rows.js";
import type { RandomStream } from "./seeded-random.js";

/** Rows that one tree learns from. */
export interface RowSample {
  count: number;
  features: number;
  /** Single-precision numbers, one feature behind the other: feature f of row r is at `f * count + r`. */
  values: Float32Array;
}

/** Draws `size` of the rows each time, none twice in one draw. */
export function rowSampler(rows: FeatureRows, size: number): (random: RandomStream) => RowSample {
  const { count, features, values } = rows;
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  return (random) => {
    const sample = new Float32Array(size * features);
    for (let drawn = 0; drawn < size; drawn += 1) {
      const at = drawn + Math.floor(random() * (count - drawn));
      const row = order[at] as number;
      order[at] = order[drawn] as number;
      order[drawn] = row;
      for (let feature = 0; feature < features; feature += 1) {
        sample[feature * size + drawn] = values[row * features + feature] as number;
      }
    }
    return { count: size, features, values: sample };
  };
}
