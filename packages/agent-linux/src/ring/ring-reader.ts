import { libc, viewMemory } from "../native/libc.js";

/** Reads the kernel's BPF ring buffer (https://docs.kernel.org/bpf/ringbuf.html) where it is, without a call. */
export interface RingReader {
  /**
   * Hands out at most `limit` records, oldest first, and tells how many there were.
   *
   * The bytes are the kernel's own memory: copy what you keep. Stops at a record that is still being written, so
   * that the order holds.
   */
  read(limit: number, take: (record: Buffer) => void): number;
  /** Bytes waiting, a record that is still being written included. */
  readonly waiting: number;
  close(): void;
}

const headerSize = 8;
const busy = 0x8000_0000;
const discarded = 0x4000_0000;
const protection = { read: 1, readAndWrite: 3 } as const;
const shared = 1;

/**
 * @param fd of the ring's map
 * @param size in bytes, as the map was made
 */
export function ringReader(fd: number, size: number): RingReader {
  const { mmap, munmap } = libc();
  const pageSize = libc().pageSize();
  // The first page holds how far we have read, the second how far the kernel has written; then the data, twice in a
  // row, so that a record that runs over the end is in one piece.
  const consumerAt = mmap(pageSize, protection.readAndWrite, shared, fd, 0);
  const producerSize = pageSize + 2 * size;
  const producerAt = mmap(producerSize, protection.read, shared, fd, pageSize);
  const consumed = new BigUint64Array(viewMemory(consumerAt, 8));
  const memory = viewMemory(producerAt, producerSize);
  const produced = new BigUint64Array(memory, 0, 1);
  const headers = new Uint32Array(memory, pageSize, (2 * size) / 4);
  const data = Buffer.from(memory, pageSize, 2 * size);
  let position = Number(Atomics.load(consumed, 0));
  let isClosed = false;

  const waiting = () => Number(Atomics.load(produced, 0)) - position;
  return {
    get waiting() {
      return isClosed ? 0 : waiting();
    },
    read(limit, take) {
      let count = 0;
      const end = position + waiting();
      while (position < end && count < limit) {
        const offset = position % size;
        const header = Atomics.load(headers, offset / 4);
        if (header & busy) break;
        const length = (header & ~(busy | discarded)) >>> 0;
        const start = offset + headerSize;
        if (!(header & discarded)) {
          take(data.subarray(start, start + length));
          count += 1;
        }
        position += Math.ceil((length + headerSize) / 8) * 8;
      }
      Atomics.store(consumed, 0, BigInt(position));
      return count;
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      munmap(consumerAt, pageSize);
      munmap(producerAt, producerSize);
    },
  };
}
