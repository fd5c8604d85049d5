import type { BaselineStore } from "../contracts/store/baseline-store.js";
import { inMemory, type MemoryState } from "./memory-state.js";

export function memoryBaselines(state: MemoryState): BaselineStore {
  return {
    get: (key) => inMemory(state, () => state.baselines.get(key)),
    revision: (key) => inMemory(state, () => state.baselines.get(key)?.revision ?? 0),
  };
}
