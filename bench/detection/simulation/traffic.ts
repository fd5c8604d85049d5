import { type SeededRandom, seededRandom } from "./seeded-random.js";

/** How many bytes one caller sends to one host. */
export interface Traffic {
  /** Of the usual size, binary logarithm. */
  middle: number;
  spread: number;
}

/** One call in a hundred sends 8 to 64 times as much. */
const burstShare = 0.01;

/** Sizes are about log-normal: a request of some hundred bytes to some kilobytes, uploads up to a megabyte. */
export function trafficOf(seed: number, repository: string, host: string, caller: string): Traffic {
  const random = seededRandom(seed, "traffic", repository, host, caller);
  const uploads = random.chance(0.12);
  return {
    middle: uploads ? 12 + random.next() * 8 : 9 + random.next() * 3,
    spread: uploads ? 0.6 + random.next() * 0.8 : 0.2 + random.next() * 0.6,
  };
}

export function drawBytes(random: SeededRandom, traffic: Traffic): number {
  const burst = random.chance(burstShare) ? 3 + random.next() * 3 : 0;
  return bytesOfBits(traffic.middle + traffic.spread * random.normal() + burst);
}

/** About 2^bits: straight between whole powers of two, so that every engine has the same number. */
export function bytesOfBits(bits: number): number {
  const bounded = Math.min(40, Math.max(6, bits));
  const whole = Math.floor(bounded);
  return Math.round(2 ** whole * (1 + bounded - whole));
}
