/** What was left out of the data and why, so that a result says what it does not rest on. */
export interface Skipped {
  add(reason: string, count?: number): void;
  /** `12 rows without a date`, the most frequent first. */
  lines(): string[];
  /** How many of each reason. */
  counts(): Record<string, number>;
}

export function countSkipped(): Skipped {
  const counts = new Map<string, number>();
  const sorted = () => [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return {
    add: (reason, count = 1) => void counts.set(reason, (counts.get(reason) ?? 0) + count),
    lines: () => sorted().map(([reason, count]) => `${count} ${reason}`),
    counts: () => Object.fromEntries(sorted()),
  };
}
