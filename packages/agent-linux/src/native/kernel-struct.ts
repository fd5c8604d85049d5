import { addressOf } from "./libc.js";

/** A structure for the kernel to read or to fill, field by field at its offsets. */
export interface KernelStruct {
  readonly bytes: Buffer;
  u32(offset: number, value: number): KernelStruct;
  u64(offset: number, value: number | bigint): KernelStruct;
  /** Points at other memory, and keeps it reachable for as long as the structure is. */
  pointer(offset: number, to: Buffer): KernelStruct;
  text(offset: number, value: string, size: number): KernelStruct;
}

export function kernelStruct(size: number): KernelStruct {
  const bytes = Buffer.alloc(size);
  const pointedTo: Buffer[] = [];
  return {
    bytes,
    u32(offset, value) {
      bytes.writeUInt32LE(value, offset);
      return this;
    },
    u64(offset, value) {
      bytes.writeBigUInt64LE(BigInt(value), offset);
      return this;
    },
    pointer(offset, to) {
      pointedTo.push(to);
      bytes.writeBigUInt64LE(addressOf(to), offset);
      return this;
    },
    text(offset, value, length) {
      bytes.write(value.slice(0, length - 1), offset, "latin1");
      return this;
    },
  };
}

let inUse: KernelStruct | undefined;

/** Calls with the structure's address, and makes sure that neither it nor what it points at is collected meanwhile. */
export function withAddress<T>(struct: KernelStruct, call: (address: bigint) => T): T {
  inUse = struct;
  try {
    return call(addressOf(struct.bytes));
  } finally {
    if (inUse === struct) inUse = undefined;
  }
}
