import type { SettingsStore } from "../contracts/store/settings-store.js";
import { settingText } from "../settings/setting-text.js";
import { inMemory, type MemoryState } from "./memory-state.js";

export function memorySettings(state: MemoryState): SettingsStore {
  return {
    get: (name) => inMemory(state, () => state.settings.get(name)),
    change: (name, change) =>
      inMemory(state, () => {
        const before = state.settings.get(name);
        const text = settingText(name, change(structuredClone(before?.value)));
        const after = { revision: (before?.revision ?? 0) + 1, value: JSON.parse(text) as unknown };
        state.settings.set(name, after);
        return after;
      }),
  };
}
