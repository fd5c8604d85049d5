import { seededRandom } from "../outlier/seeded-random.js";

/** Rows around the origin, most of them within 1 of it. They are the same every time. */
export function cluster(count: number): readonly (readonly number[])[] {
  const random = seededRandom(1, 0);
  const value = () => random() + random() + random() + random() - 2;
  return Array.from({ length: count }, () => [value(), value(), value()]);
}

/** Rows far away from that. */
export const outliers: readonly (readonly number[])[] = [
  [20, 20, 20],
  [-15, 12, -18],
  [9, -9, 9],
];

/** With a feature in front and one behind that are the same in every row. */
export function withConstants(
  rows: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  return rows.map((row) => [443, ...row, 0]);
}

export function shuffled<T>(items: readonly T[]): readonly T[] {
  const random = seededRandom(2, 0);
  const rest = [...items];
  return items.map(() => rest.splice(Math.floor(random() * rest.length), 1)[0] as T);
}
