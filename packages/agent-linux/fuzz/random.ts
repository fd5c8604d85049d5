/** Random numbers that are the same again for the same seed. */
export interface Random {
  /** From 0 to below the limit. */
  below(limit: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
}

/** The generator mulberry32: 32 bits of state, enough to choose mutations by. */
export function seededRandom(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b_79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), state | 1);
    const again = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61));
    return (again ^ (again >>> 14)) >>> 0;
  };
  const below = (limit: number) => next() % limit;
  return {
    below,
    pick: (items) => items[below(items.length)] ?? items[0],
  };
}

/** One seed for one input, so that any of them can be made again alone. */
export function seedOf(seed: number, name: string, index: number): number {
  let mixed = seed ^ Math.imul(index + 1, 0x9e37_79b1);
  for (const letter of name) {
    mixed = Math.imul(mixed ^ letter.charCodeAt(0), 0x0100_0193);
    mixed ^= mixed >>> 13;
  }
  return mixed;
}
