import type { CallStore } from "../contracts/store/call-store.js";
import { inMemory, type MemoryState } from "./memory-state.js";
import { pageOf } from "./page-of.js";

export function memoryCalls(state: MemoryState): CallStore {
  const callsOf = (runKey: string) => {
    const calls = state.calls.get(runKey) ?? new Map();
    state.calls.set(runKey, calls);
    return calls;
  };

  return {
    put: (calls) =>
      inMemory(state, () => {
        for (const call of structuredClone(calls)) callsOf(call.runKey).set(call.id, call);
      }),
    list: (key, { anomalousOnly = false, ...page } = {}) =>
      inMemory(state, () => {
        const calls = [...(state.calls.get(key)?.values() ?? [])].filter(
          ({ verdict }) => !anomalousOnly || verdict === "anomalous" || verdict === "blocked",
        );
        return pageOf(calls, (call) => [call.time, call.id], page);
      }),
  };
}
