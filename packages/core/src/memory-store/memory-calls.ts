import type {
  CallDensity,
  CallDensityQuery,
  CallQuery,
  CallStore,
} from "../contracts/store/call-store.js";
import { callSearchText, searchTerm } from "../contracts/store/search-text.js";
import type { Call } from "../run/call.js";
import { inMemory, type MemoryState } from "./memory-state.js";
import { pageOf } from "./page-of.js";

const isFinding = ({ verdict }: Call) => verdict === "anomalous" || verdict === "blocked";

function fits(call: Call, query: CallQuery): boolean {
  const { processId, search = "", from = -Infinity, before = Infinity } = query;
  return (
    (!query.anomalousOnly || isFinding(call)) &&
    (processId === undefined || call.processId === processId) &&
    call.time >= from &&
    call.time < before &&
    (search === "" || callSearchText(call).includes(searchTerm(search)))
  );
}

function densityOf(calls: readonly Call[], { from, to, parts }: CallDensityQuery): CallDensity[] {
  const densities = new Map<string, CallDensity>();
  for (const call of calls) {
    const stepId = call.step?.id;
    const share = Math.floor(((call.time - from) * parts) / Math.max(1, to - from));
    const part = Math.max(0, Math.min(parts - 1, share));
    const key = JSON.stringify([part, stepId]);
    const density = densities.get(key) ?? {
      part,
      ...(stepId === undefined ? {} : { stepId }),
      calls: 0,
      anomalous: 0,
    };
    density.calls += 1;
    if (isFinding(call)) density.anomalous += 1;
    densities.set(key, density);
  }
  return [...densities.values()].sort((one, other) => one.part - other.part);
}

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
    list: (key, query = {}) =>
      inMemory(state, () => {
        const calls = [...(state.calls.get(key)?.values() ?? [])].filter((call) =>
          fits(call, query),
        );
        return pageOf(calls, (call) => [call.time, call.id], query);
      }),
    get: (key, id) => inMemory(state, () => state.calls.get(key)?.get(id)),
    density: (key, query) =>
      inMemory(state, () => densityOf([...(state.calls.get(key)?.values() ?? [])], query)),
  };
}
