import type { RunStore, RunUpdate } from "../contracts/store/run-store.js";
import { changeBaseline } from "./memory-baselines.js";
import { inMemory, type MemoryState } from "./memory-state.js";
import { pageOf } from "./page-of.js";

export function memoryRuns(state: MemoryState): RunStore {
  return {
    start: (run) =>
      inMemory(state, () => {
        const stored = state.runs.get(run.key) ?? structuredClone(run);
        state.runs.set(run.key, stored);
        return stored;
      }),
    update: (key, fields) =>
      inMemory(state, () => {
        const run = state.runs.get(key);
        if (run) Object.assign(run, structuredClone(definedOnly(fields)));
      }),
    finish: (key, { outcome, finishedAt }, learn) =>
      inMemory(state, () => {
        const run = state.runs.get(key);
        if (run === undefined || run.outcome !== undefined) return false;
        if (learn) changeBaseline(state, run.jobKey, learn);
        Object.assign(run, { outcome, finishedAt });
        return true;
      }),
    get: (key) => inMemory(state, () => state.runs.get(key)),
    list: ({ jobKey, unfinishedOnly = false, ...page } = {}) =>
      inMemory(state, () => {
        const runs = [...state.runs.values()].filter(
          (run) =>
            (jobKey === undefined || run.jobKey === jobKey) &&
            (!unfinishedOnly || run.outcome === undefined),
        );
        return pageOf(runs, (run) => [-run.startedAt, run.key], page);
      }),
  };
}

function definedOnly(fields: RunUpdate): RunUpdate {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
