import { describe, expect, it } from "vitest";
import { clockTicks, kernelCount, kernelNumber } from "../../src/decode/kernel-number.js";

function bytesOf(value: bigint): Buffer {
  const bytes = Buffer.alloc(10);
  bytes.writeBigUInt64LE(value, 2);
  return bytes;
}

const some = [
  ...[0n, 1n, 4_711n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n - 1n],
  ...[2n ** 53n, 2n ** 53n + 1n, 2n ** 63n + 1n, 2n ** 64n - 1n],
];

describe("a number of 64 bits", () => {
  it("that names something is told from every other", () => {
    const read = some.map((value) => kernelNumber(bytesOf(value), 2));
    expect(read.map(String)).toEqual(some.map(String));
    expect(typeof kernelNumber(bytesOf(2n ** 53n - 1n), 2)).toBe("number");
  });

  it("that counts is as exact as a number can be", () => {
    for (const value of some) expect(kernelCount(bytesOf(value), 2)).toBe(Number(value));
  });

  it("of nanoseconds is the tick that /proc shows, also after years", () => {
    const years = 10n * 365n * 86_400n * 1_000_000_000n;
    for (const start of [0n, 9_999_999n, 10_000_000n, 2n ** 32n - 1n, 2n ** 53n + 1n, years]) {
      for (const nanoseconds of [start, start - (start % 10_000_000n) + 9_999_999n]) {
        expect(clockTicks(bytesOf(nanoseconds), 2)).toBe(Number(nanoseconds / 10_000_000n));
      }
    }
  });
});
