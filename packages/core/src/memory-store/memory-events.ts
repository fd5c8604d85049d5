import type { EventStore } from "../contracts/store/event-store.js";
import type { RunKey } from "../run/run.js";
import { inMemory, type MemoryLog, type MemoryState } from "./memory-state.js";

export function memoryEvents(state: MemoryState): EventStore {
  const logOf = (key: RunKey): MemoryLog => {
    const log = state.logs.get(key) ?? { events: [], ids: new Set() };
    state.logs.set(key, log);
    return log;
  };

  return {
    append: (key, events) =>
      inMemory(state, () => {
        const log = logOf(key);
        return structuredClone(events).map((event) => {
          if (log.ids.has(event.id)) return undefined;
          log.ids.add(event.id);
          return log.events.push({ sequence: log.events.length + 1, event });
        });
      }),
    read: (key, after, limit) =>
      inMemory(state, () => state.logs.get(key)?.events.slice(after, after + limit) ?? []),
  };
}
