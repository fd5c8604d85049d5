/**
 * How deep a row lies on average in a tree that was cut at random until each of `n` rows was alone, for each
 * `n` up to `most`: c(n) of Liu, Ting & Zhou (2008), equation 1, with the exact harmonic number.
 */
export function expectedDepths(most: number): Float64Array {
  const depths = new Float64Array(most + 1);
  let harmonic = 0;
  for (let n = 2; n <= most; n += 1) {
    harmonic += 1 / (n - 1);
    depths[n] = 2 * harmonic - (2 * (n - 1)) / n;
  }
  return depths;
}
