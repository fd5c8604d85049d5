const smallestNormal = 2.2250738585072014e-308;
const twoToThe54 = 18014398509481984;

const bits = new DataView(new ArrayBuffer(8));

/**
 * Binary logarithm, the same bits on every JavaScript engine: within 1e-15 of the true value, relatively.
 *
 * `Math.log2` may differ from engine to engine (ECMA-262 leaves its rounding open). This is made of
 * correctly rounded arithmetic only: x = 2^k m with m near 1, and log m = 2 artanh((m - 1) / (m + 1))
 * by its power series (DLMF 4.6.4).
 */
export function log2(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return x;
  const isSubnormal = x < smallestNormal;
  bits.setFloat64(0, isSubnormal ? x * twoToThe54 : x);
  const head = bits.getUint32(0);
  bits.setUint32(0, (head & 0xfffff) | 0x3ff00000);
  let fraction = bits.getFloat64(0);
  let exponent = (head >>> 20) - 1023 - (isSubnormal ? 54 : 0);
  if (fraction > Math.SQRT2) {
    fraction /= 2;
    exponent += 1;
  }
  const s = (fraction - 1) / (fraction + 1);
  return exponent + 2 * Math.LOG2E * (s + s * artanhTail(s * s));
}

/** artanh(s) / s - 1 for s² up to 0.0295, to the last bit. */
function artanhTail(z: number): number {
  let sum = 1 / 23;
  for (let odd = 21; odd >= 3; odd -= 2) sum = 1 / odd + z * sum;
  return z * sum;
}
