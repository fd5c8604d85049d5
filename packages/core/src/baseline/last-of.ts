/**
 * The `count` that come last in an order, in whatever order; the order must be total.
 *
 * Holds some more than that at a time: no more than a few out of 50,000 are ever sorted.
 */
export function lastOf<T>(
  items: readonly T[],
  count: number,
  compare: (one: T, other: T) => number,
): T[] {
  if (count <= 0) return [];
  const lastFirst = (one: T, other: T) => compare(other, one);
  const room = Math.max(64, 2 * count);
  let last: T[] = [];
  let bound: T | undefined;
  for (const item of items) {
    if (bound !== undefined && compare(item, bound) < 0) continue;
    last.push(item);
    if (last.length < room) continue;
    last = last.sort(lastFirst).slice(0, count);
    bound = last.at(-1);
  }
  return last.sort(lastFirst).slice(0, count);
}
