/** In how many runs each value was seen. Values come from outside: one may be called `__proto__`. */
export type Counts = Readonly<Record<string, number>>;

/** Stands for the values that no longer fitted. */
export const otherValues = "(others)";

export function countOf(counts: Counts | undefined, value: string): number {
  return counts !== undefined && Object.hasOwn(counts, value) ? (counts[value] ?? 0) : 0;
}

/**
 * Counts `weight` for each value.
 *
 * Past `limit` values new ones are counted together; which of one run's values still fit does not depend on their order.
 */
export function countEach(
  before: Counts | undefined,
  values: ReadonlySet<string>,
  limit: number,
  weight: number,
): Counts {
  const after = new Map(Object.entries(before ?? {}));
  const room = (value: string) => after.has(value) || after.size < limit;
  let hasOthers = false;
  for (const value of [...values].sort()) {
    if (room(value)) after.set(value, (after.get(value) ?? 0) + weight);
    else hasOthers = true;
  }
  if (hasOthers) after.set(otherValues, (after.get(otherValues) ?? 0) + weight);
  return Object.fromEntries(after);
}

/** Adds two counts, by the same rule. */
export function addCounts(
  one: Counts | undefined,
  other: Counts | undefined,
  limit: number,
): Counts {
  const sum = new Map(Object.entries(one ?? {}));
  for (const [value, count] of Object.entries(other ?? {}).sort(byFirst)) {
    const key = sum.has(value) || sum.size < limit ? value : otherValues;
    sum.set(key, (sum.get(key) ?? 0) + count);
  }
  return Object.fromEntries(sum);
}

const byFirst = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : 1);
