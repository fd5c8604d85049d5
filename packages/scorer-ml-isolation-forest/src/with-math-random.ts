/**
 * Puts another function in the place of `Math.random` while `work` runs: the library takes its chance from
 * nowhere else. `work` does not wait for anything, so nobody else can see it.
 */
export function withMathRandom(random: () => number, work: () => void): void {
  const own = Math.random;
  Math.random = random;
  try {
    work();
  } finally {
    Math.random = own;
  }
}
