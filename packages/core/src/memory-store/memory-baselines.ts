import type { Baseline } from "../baseline/baseline.js";
import type { BaselineStore, Learn } from "../contracts/store/baseline-store.js";
import type { JobKey } from "../job/job.js";
import { memoryCallers } from "./memory-callers.js";
import { isOf, memoryCallersOf, memoryDestinations } from "./memory-destinations.js";
import { inMemory, type MemoryState } from "./memory-state.js";
import { pageOf } from "./page-of.js";

export function memoryBaselines(state: MemoryState): BaselineStore {
  return {
    get: (key) => inMemory(state, () => state.baselines.get(key)),
    revision: (key) => inMemory(state, () => state.baselines.get(key)?.revision ?? 0),
    change: (key, change) => inMemory(state, () => changeBaseline(state, key, change)),
    callers: (query) => inMemory(state, () => memoryCallers(state, query)),
    list: ({ repositories, ...page } = {}) =>
      inMemory(state, () => {
        const keys = [...state.baselines.keys()].filter((key) => isOf(repositories, key));
        return pageOf(keys, (key) => [0, key], page);
      }),
    destinations: (query = {}) => inMemory(state, () => memoryDestinations(state, query)),
    callersOf: (host, query = {}) => inMemory(state, () => memoryCallersOf(state, host, query)),
  };
}

/** Answers with the baseline that is stored now. */
export function changeBaseline(state: MemoryState, key: JobKey, change: Learn): Baseline {
  const before = state.baselines.get(key);
  const changed = structuredClone(change(structuredClone(before)));
  const after = { ...changed, revision: (before?.revision ?? 0) + 1 };
  state.baselines.set(key, after);
  return after;
}
