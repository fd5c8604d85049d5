import { readActiveOpens } from "./network.js";

/** Counts the TCP connects of network namespaces by the kernel's own counters, to find what was not told. */
export interface ConnectCounter {
  /** A namespace is watched from now on, if it is not yet. */
  watch(network: number, pid: number | "self"): void;
  /** A connect that the kernel counted was told. */
  told(network: number): void;
  /** Reads the counters. */
  read(): void;
  /** The connects of which nothing was told, since it was asked last; `isLast` waits for no late word of them. */
  untold(isLast: boolean): number;
}

interface Counted {
  witness: number | "self";
  first: number;
  /** The newest readings, oldest first: what was counted just now may be told in a moment. */
  readings: { at: number; count: number }[];
  told: number;
  lost: number;
}

/** A call of this age was told, or will never be. */
const settledMs = 1_000;

export function connectCounter(now: () => number): ConnectCounter {
  const networks = new Map<number, Counted>();
  return {
    watch(network, pid) {
      const known = networks.get(network);
      if (known !== undefined) {
        if (known.witness !== "self") known.witness = pid;
        return;
      }
      const first = readActiveOpens(pid);
      if (first === undefined) return;
      networks.set(network, { witness: pid, first, readings: [], told: 0, lost: 0 });
    },
    told(network) {
      const counted = networks.get(network);
      if (counted !== undefined) counted.told += 1;
    },
    read() {
      for (const counted of networks.values()) {
        const count = readActiveOpens(counted.witness);
        if (count !== undefined) counted.readings.push({ at: now(), count });
      }
    },
    untold(isLast) {
      let total = 0;
      for (const counted of networks.values()) {
        const { readings } = counted;
        const latest = now() - (isLast ? 0 : settledMs);
        const settled = readings.findLastIndex(({ at }) => at <= latest);
        const reading = readings[settled];
        if (reading === undefined) continue;
        readings.splice(0, settled);
        const missing = reading.count - counted.first - counted.told - counted.lost;
        if (missing <= 0) continue;
        counted.lost += missing;
        total += missing;
      }
      return total;
    },
  };
}
