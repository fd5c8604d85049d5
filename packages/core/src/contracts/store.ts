import type { BaselineStore } from "./store/baseline-store.js";
import type { CallStore } from "./store/call-store.js";
import type { DeliveryStore } from "./store/delivery-store.js";
import type { DetectionStore } from "./store/detection-store.js";
import type { EventStore } from "./store/event-store.js";
import type { ProcessStore } from "./store/process-store.js";
import type { RunStore } from "./store/run-store.js";
import type { SettingsStore } from "./store/settings-store.js";
import type { SuppressionStore } from "./store/suppression-store.js";

/**
 * Where everything is kept: small groups, each understood alone.
 *
 * Several processes may use one database at once. What must be atomic says so; `@straycall/core/conformance`
 * proves it for your store. Every method throws StraycallError STORE_FAILED if the database does.
 */
export interface Store {
  readonly runs: RunStore;
  readonly events: EventStore;
  readonly calls: CallStore;
  readonly processes: ProcessStore;
  readonly baselines: BaselineStore;
  readonly detections: DetectionStore;
  readonly deliveries: DeliveryStore;
  readonly suppressions: SuppressionStore;
  readonly settings: SettingsStore;
  /** Finishes what is under way and releases the database. */
  close(): Promise<void>;
}
