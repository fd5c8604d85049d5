import type { Store } from "../../src/contracts/store.js";
import { memoryStore } from "../../src/memory-store/memory-store.js";
import { StraycallError } from "../../src/straycall-error.js";

/** A memory store as far away as a database on the network: it begins late, answers later, in any order. */
export function slowStore(): Store {
  const store = memoryStore();
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;

  const slowly = async (work: () => Promise<unknown>): Promise<unknown> => {
    if (isClosed) throw new StraycallError("CLOSED", "the store is closed");
    const working = anyMoment().then(work);
    underWay.add(working);
    const result = await working.finally(() => underWay.delete(working));
    await anyMoment();
    return result;
  };

  const slowGroup = <Group extends object>(group: Group): Group =>
    new Proxy(group, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== "function") return method;
        return (...args: unknown[]) => slowly(() => Reflect.apply(method, target, args));
      },
    });

  return {
    runs: slowGroup(store.runs),
    events: slowGroup(store.events),
    calls: slowGroup(store.calls),
    processes: slowGroup(store.processes),
    baselines: slowGroup(store.baselines),
    detections: slowGroup(store.detections),
    deliveries: slowGroup(store.deliveries),
    suppressions: slowGroup(store.suppressions),
    settings: slowGroup(store.settings),
    async close() {
      isClosed = true;
      await Promise.allSettled(underWay);
      await store.close();
    },
  };
}

const anyMoment = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
