import type { RunQuery, RunStore, RunUpdate } from "../contracts/store/run-store.js";
import { runSearchText, searchTerm } from "../contracts/store/search-text.js";
import { inScope } from "../job/repository-scope.js";
import { hasFindings, type RunRecord } from "../run/run.js";
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
    list: (query = {}) =>
      inMemory(state, () => {
        const runs = [...state.runs.values()].filter((run) => fits(run, query));
        return pageOf(runs, (run) => [-run.startedAt, run.key], query);
      }),
  };
}

function fits(run: RunRecord, query: RunQuery): boolean {
  const { jobKey, startedBefore = Number.POSITIVE_INFINITY, outcome, mode, search = "" } = query;
  return (
    (jobKey === undefined || run.jobKey === jobKey) &&
    (!query.unfinishedOnly || run.outcome === undefined) &&
    (!query.findingsOnly || hasFindings(run)) &&
    run.startedAt < startedBefore &&
    inScope(query.repositories, run.job.repository) &&
    (outcome === undefined || run.outcome === outcome) &&
    (mode === undefined || run.mode === mode) &&
    runSearchText(run).includes(searchTerm(search))
  );
}

function definedOnly(fields: RunUpdate): RunUpdate {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
