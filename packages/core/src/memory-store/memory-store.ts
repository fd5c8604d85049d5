import type { Store } from "../contracts/store.js";
import { memoryBaselines } from "./memory-baselines.js";
import { memoryCalls } from "./memory-calls.js";
import { memoryDeliveries } from "./memory-deliveries.js";
import { memoryDetections } from "./memory-detections.js";
import { memoryEvents } from "./memory-events.js";
import { memoryProcesses } from "./memory-processes.js";
import { memoryRuns } from "./memory-runs.js";
import { memorySettings } from "./memory-settings.js";
import { emptyMemoryState } from "./memory-state.js";
import { memorySuppressions } from "./memory-suppressions.js";

/** A store in this process's memory, gone when the process ends: for tests and for trying things out. */
export function memoryStore(): Store {
  const state = emptyMemoryState();
  return {
    runs: memoryRuns(state),
    events: memoryEvents(state),
    calls: memoryCalls(state),
    processes: memoryProcesses(state),
    baselines: memoryBaselines(state),
    detections: memoryDetections(state),
    deliveries: memoryDeliveries(state),
    suppressions: memorySuppressions(state),
    settings: memorySettings(state),
    async close() {
      state.isClosed = true;
    },
  };
}
