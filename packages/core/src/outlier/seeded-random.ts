/** A stream of numbers from 0 up to, but not including, 1. */
export type RandomStream = () => number;

const warmUp = 20;

/**
 * The stream of this number that belongs to a seed, by sfc32 (Chris Doty-Humphrey, PractRand): integer
 * arithmetic only, so that every JavaScript engine gives the same.
 */
export function seededRandom(seed: number, stream: number): RandomStream {
  let a = seed | 0;
  let b = Math.floor(seed / 4294967296) | 0;
  let c = stream | 0;
  let counter = 1;
  const next = () => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return (result >>> 0) / 4294967296;
  };
  for (let round = 0; round < warmUp; round += 1) next();
  return next;
}
