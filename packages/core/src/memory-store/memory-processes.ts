import type { ProcessStore } from "../contracts/store/process-store.js";
import { processSearchText, searchTerm } from "../contracts/store/search-text.js";
import { inMemory, type MemoryState } from "./memory-state.js";
import { pageOf } from "./page-of.js";

export function memoryProcesses(state: MemoryState): ProcessStore {
  return {
    put: (key, processes) =>
      inMemory(state, () => {
        const known = state.processes.get(key) ?? new Map();
        state.processes.set(key, known);
        for (const process of structuredClone(processes)) known.set(process.entityId, process);
      }),
    get: (key, entityId) => inMemory(state, () => state.processes.get(key)?.get(entityId)),
    list: (key, { parentId, search = "", ...page } = {}) =>
      inMemory(state, () => {
        const processes = [...(state.processes.get(key)?.values() ?? [])].filter(
          (process) =>
            (parentId === undefined || process.parentEntityId === parentId) &&
            (search === "" || processSearchText(process).includes(searchTerm(search))),
        );
        return pageOf(processes, ({ startedAt = 0, entityId }) => [startedAt, entityId], page);
      }),
  };
}
