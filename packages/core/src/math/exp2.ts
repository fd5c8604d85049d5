const twoToTheMinus54 = 5.551115123125783e-17;

const bits = new DataView(new ArrayBuffer(8));

/**
 * Two to the power of `x`, the same bits on every JavaScript engine: within 1e-15 of the true value,
 * relatively, and to the nearest representable number where that is subnormal.
 *
 * `Math.pow` and `Math.exp` may differ from engine to engine (ECMA-262 leaves their rounding open).
 * This is made of correctly rounded arithmetic only: 2^x = 2^k e^t with t at most ln(2) / 2, by the
 * power series of e^t (DLMF 4.2.19).
 */
export function exp2(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x >= 1024) return Infinity;
  if (x <= -1075) return 0;
  const k = Math.floor(x + 0.5);
  const power = exponential((x - k) * Math.LN2);
  if (k > 1023) return power * powerOfTwo(k - 1) * 2;
  // One rounding only: the first product is exact.
  if (k < -1021) return power * powerOfTwo(k + 54) * twoToTheMinus54;
  return power * powerOfTwo(k);
}

/** For t up to 0.35 in size, to the last bit. */
function exponential(t: number): number {
  let sum = 1;
  for (let n = 14; n >= 2; n -= 1) sum = 1 + (t / n) * sum;
  return 1 + t * sum;
}

function powerOfTwo(exponent: number): number {
  bits.setUint32(0, (exponent + 1023) << 20);
  return bits.getFloat64(0);
}
