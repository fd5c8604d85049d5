/** Random numbers that anyone can draw again: the same key, the same numbers, on every platform and Node version. */
export interface SeededRandom {
  /** From 0 up to, but not, 1: a multiple of 2^-32. */
  next(): number;
  /** A whole number from 0 up to, but not, `end`. */
  below(end: number): number;
  chance(probability: number): boolean;
  /** @throws RangeError for an empty list */
  pick<T>(list: readonly T[]): T;
  /** Picks by weight; the list must not be empty and the weights not all 0. */
  weighted<T>(list: readonly T[], weight: (item: T) => number): T;
  /** A copy in another order. */
  shuffled<T>(list: readonly T[]): T[];
  /** About normal with mean 0 and deviation 1: twelve uniform numbers less 6, so never beyond 6. */
  normal(): number;
}

/**
 * Draws from the xorshift128 generator (Marsaglia, "Xorshift RNGs", 2003), started by a hash of the key's parts.
 *
 * What has a name draws from a generator of its own, so what is drawn for one job says nothing of another,
 * and a change to one draw leaves all others as they are.
 */
export function seededRandom(...key: readonly (string | number)[]): SeededRandom {
  const text = key.join("\u0000");
  let a = hash(text, 0x9e3779b9);
  let b = hash(text, 0x85ebca6b);
  let c = hash(text, 0xc2b2ae35);
  let d = hash(text, 0x27d4eb2f) | 1;
  const whole = () => {
    let t = d;
    const s = a;
    d = c;
    c = b;
    b = s;
    t ^= t << 11;
    t ^= t >>> 8;
    a = t ^ s ^ (s >>> 19);
    return a >>> 0;
  };
  const next = () => whole() / 4_294_967_296;
  const below = (end: number) => Math.floor(next() * end);
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new RangeError("nothing to pick from");
    return list[below(list.length)] as T;
  };
  return {
    next,
    below,
    pick,
    chance: (probability) => next() < probability,
    weighted(list, weight) {
      const total = list.reduce((sum, item) => sum + weight(item), 0);
      let left = next() * total;
      for (const item of list) {
        left -= weight(item);
        if (left < 0) return item;
      }
      return pick(list.slice(-1));
    },
    shuffled(list) {
      const copy = [...list];
      for (let at = copy.length - 1; at > 0; at -= 1) {
        const other = below(at + 1);
        [copy[at], copy[other]] = [copy[other] as (typeof copy)[0], copy[at] as (typeof copy)[0]];
      }
      return copy;
    },
    normal() {
      let sum = -6;
      for (let draw = 0; draw < 12; draw += 1) sum += next();
      return sum;
    },
  };
}

/** FNV-1a (Fowler, Noll, Vo) over UTF-16 units, then the finalizer of MurmurHash3 (Appleby). */
function hash(text: string, seed: number): number {
  let h = (0x811c9dc5 ^ seed) >>> 0;
  for (let at = 0; at < text.length; at += 1) {
    h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  }
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
