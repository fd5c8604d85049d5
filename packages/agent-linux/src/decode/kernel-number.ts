const half = 2 ** 32;

/** Names something: a number, or a bigint where that would not be exact, so that the same is always the same key. */
export type KernelNumber = number | bigint;

/** Reads 64 bits that name something, such as a socket. A bigint takes many times as long as a number. */
export function kernelNumber(record: Buffer, offset: number): KernelNumber {
  const number = kernelCount(record, offset);
  return number <= Number.MAX_SAFE_INTEGER ? number : record.readBigUInt64LE(offset);
}

/** Reads 64 bits that count something; above 2^53, the nearest number. */
export function kernelCount(record: Buffer, offset: number): number {
  return record.readUInt32LE(offset + 4) * half + record.readUInt32LE(offset);
}

/** Reads nanoseconds as clock ticks: what /proc shows is 100 a second on every Linux (USER_HZ), rounded down. */
export function clockTicks(record: Buffer, offset: number): number {
  const tick = 10_000_000;
  // In two parts, so that it stays exact when the nanoseconds are more than 2^53: after 104 days.
  const high = record.readUInt32LE(offset + 4);
  const rest = high * (half % tick) + record.readUInt32LE(offset);
  return high * Math.floor(half / tick) + Math.floor(rest / tick);
}
