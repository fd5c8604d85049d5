import type { SuppressionStore } from "../contracts/store/suppression-store.js";
import { StraycallError } from "../straycall-error.js";
import type { Suppression } from "../suppression/suppression.js";
import { inMemory, type MemoryState } from "./memory-state.js";
import { pageOf } from "./page-of.js";

export function memorySuppressions(state: MemoryState): SuppressionStore {
  const { suppressions } = state;

  const isActive = ({ endedAt, expiresAt }: Suppression, at: number) =>
    endedAt === undefined && (expiresAt === undefined || expiresAt > at);

  return {
    revision: () => inMemory(state, () => state.suppressionRevision),
    add: (rule) =>
      inMemory(state, () => {
        if (suppressions.has(rule.id)) {
          throw new StraycallError("STORE_FAILED", `there is a suppression ${rule.id} already`);
        }
        suppressions.set(rule.id, structuredClone(rule));
        state.suppressionRevision += 1;
      }),
    change: (id, change) =>
      inMemory(state, () => {
        const before = suppressions.get(id);
        if (before === undefined) return undefined;
        const after = { ...structuredClone(change(structuredClone(before))), id };
        suppressions.set(id, after);
        state.suppressionRevision += 1;
        return after;
      }),
    get: (id) => inMemory(state, () => suppressions.get(id)),
    list: ({ activeAt, ...page } = {}) =>
      inMemory(state, () => {
        const numbered = [...suppressions.values()].map((rule, position) => ({ rule, position }));
        const found = numbered.filter(
          ({ rule }) => activeAt === undefined || isActive(rule, activeAt),
        );
        const shown = pageOf(found, ({ rule, position }) => [-position, rule.id], page);
        return { ...shown, items: shown.items.map(({ rule }) => rule) };
      }),
  };
}
