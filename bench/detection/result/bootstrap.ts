import { seededRandom } from "../simulation/seeded-random.js";

const samples = 300;

/** Lower and upper end of 95 %. */
export type Interval = [low: number, high: number];

/**
 * Percentile bootstrap over owner groups (Efron and Tibshirani, 1993, chapter 13): as many groups as there are, drawn
 * again and again with replacement. Groups, for what one owner does says little of the next, and repositories of one
 * owner say much of each other. Values without a number are left out.
 */
export function bootstrap<Name extends string>(
  seed: number,
  groups: number,
  valuesOf: (times: readonly number[]) => Record<Name, number>,
): Record<Name, Interval> {
  const drawn = Array.from({ length: samples }, (_, sample) => {
    const random = seededRandom(seed, "bootstrap", sample);
    const times = new Array<number>(groups).fill(0);
    for (let draw = 0; draw < groups; draw += 1) {
      const at = random.below(groups);
      times[at] = (times[at] ?? 0) + 1;
    }
    return valuesOf(times);
  });
  const names = Object.keys(drawn[0] ?? {}) as Name[];
  const intervals = names.map((name) => {
    const values = drawn.map((values) => values[name]).filter((value) => !Number.isNaN(value));
    values.sort((a, b) => a - b);
    const at = (share: number) => values[Math.round(share * (values.length - 1))] ?? Number.NaN;
    return [name, [at(0.025), at(0.975)]];
  });
  return Object.fromEntries(intervals) as Record<Name, Interval>;
}
