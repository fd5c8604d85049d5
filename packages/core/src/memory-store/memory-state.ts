import type { Baseline } from "../baseline/baseline.js";
import type { LoggedEvent } from "../contracts/store/event-store.js";
import type { StoredSetting } from "../contracts/store/settings-store.js";
import type { Delivery } from "../delivery/delivery.js";
import type { Detection } from "../detection/detection.js";
import type { JobKey } from "../job/job.js";
import type { Call } from "../run/call.js";
import type { ProcessRecord } from "../run/process.js";
import type { RunKey, RunRecord } from "../run/run.js";
import { StraycallError } from "../straycall-error.js";
import type { Suppression } from "../suppression/suppression.js";

/** One run's log. */
export interface MemoryLog {
  events: LoggedEvent[];
  /** Ids of the events. */
  ids: Set<string>;
}

/** A delivery and who is sending it. */
export interface LeasedDelivery {
  delivery: Delivery;
  lease?: { owner: string; until: number };
}

/** Everything that a memory store holds. */
export interface MemoryState {
  runs: Map<RunKey, RunRecord>;
  baselines: Map<JobKey, Baseline>;
  logs: Map<RunKey, MemoryLog>;
  /** By run, then by id. */
  calls: Map<RunKey, Map<string, Call>>;
  /** By run, then by entity id. */
  processes: Map<RunKey, Map<string, ProcessRecord>>;
  /** In the order they were recorded. */
  detections: Detection[];
  /** By id, in the order they were made. */
  deliveries: Map<string, LeasedDelivery>;
  /** By id, in the order they were added. */
  suppressions: Map<string, Suppression>;
  suppressionRevision: number;
  settings: Map<string, StoredSetting>;
  isClosed: boolean;
}

export function emptyMemoryState(): MemoryState {
  return {
    runs: new Map(),
    baselines: new Map(),
    logs: new Map(),
    calls: new Map(),
    processes: new Map(),
    detections: [],
    deliveries: new Map(),
    suppressions: new Map(),
    suppressionRevision: 0,
    settings: new Map(),
    isClosed: false,
  };
}

/**
 * Does one method's work on an open store and copies what it answers.
 *
 * `work` runs to its end before anybody else's: that is what makes each method atomic.
 *
 * @throws StraycallError CLOSED
 */
export async function inMemory<T>(state: MemoryState, work: () => T): Promise<T> {
  if (state.isClosed) throw new StraycallError("CLOSED", "the store is closed");
  return structuredClone(work());
}
