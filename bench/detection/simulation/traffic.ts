import { type SeededRandom, seededRandom } from "./seeded-random.js";

/** How many bytes one caller sends to one host. */
export interface Traffic {
  /** Of the usual size, binary logarithm. */
  middle: number;
  spread: number;
  /** How often a call sends much more than usual, and up to how many doublings more. */
  burst: { share: number; doublings: number };
}

/** A new cache, a larger artifact: up to 32 times as much, once in 50 uploads. */
const uploadBurst = { share: 0.02, doublings: 5 };
/** More requests on one connection: up to 8 times as much, once in 500 calls. */
const requestBurst = { share: 0.002, doublings: 3 };

/** One caller of a host in eight sends more than requests. */
const uploadShare = 0.12;

/** Sizes are about log-normal: a request of some hundred bytes to some kilobytes, uploads up to a megabyte. */
export function trafficOf(seed: number, repository: string, host: string, caller: string): Traffic {
  const random = seededRandom(seed, "traffic", repository, host, caller);
  return random.chance(uploadShare)
    ? {
        middle: 12 + random.next() * 8,
        spread: 0.6 + random.next() * 0.8,
        burst: uploadBurst,
      }
    : { middle: 9 + random.next() * 3, spread: 0.2 + random.next() * 0.6, burst: requestBurst };
}

export function drawBytes(random: SeededRandom, { middle, spread, burst }: Traffic): number {
  const more = random.chance(burst.share) ? 1 + random.next() * (burst.doublings - 1) : 0;
  return bytesOfBits(middle + spread * random.normal() + more);
}

/** About 2^bits: straight between whole powers of two, so that every engine has the same number. */
export function bytesOfBits(bits: number): number {
  const bounded = Math.min(40, Math.max(6, bits));
  const whole = Math.floor(bounded);
  return Math.round(2 ** whole * (1 + bounded - whole));
}
