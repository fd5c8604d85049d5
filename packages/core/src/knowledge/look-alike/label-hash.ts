const base = 31;

const powers = [1];
for (let length = 1; length <= 64; length++) {
  powers.push(Math.imul(powers[length - 1] ?? 0, base));
}

/** A polynomial hash of a short text (Karp and Rabin 1987), that of two texts in a row following from theirs. */
export function labelHash(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, base) + text.charCodeAt(at)) | 0;
  return hash;
}

/** The hash of two texts in a row; the second is of 64 characters at most. */
export function joinHashes(first: number, second: { hash: number; length: number }): number {
  return (Math.imul(first, powers[second.length] ?? 0) + second.hash) | 0;
}
