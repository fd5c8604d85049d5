import type { Store } from "../contracts/store.js";
import { batchCases, orderCases } from "./store/batch-cases.js";
import { callCases } from "./store/call-cases.js";
import { callLookupCases } from "./store/call-lookup-cases.js";
import { callersCases } from "./store/callers-cases.js";
import { changeCases } from "./store/change-cases.js";
import { closeCases } from "./store/close-cases.js";
import { deliveryCases } from "./store/delivery-cases.js";
import { destinationCases } from "./store/destination-cases.js";
import { detectionListCases } from "./store/detection-list-cases.js";
import { eventCases } from "./store/event-cases.js";
import { finishCases } from "./store/finish-cases.js";
import { hostileTextCases } from "./store/hostile-text-cases.js";
import { leaseCases } from "./store/lease-cases.js";
import { outboxCases } from "./store/outbox-cases.js";
import { processCases } from "./store/process-cases.js";
import { recordCases } from "./store/record-cases.js";
import { restartCases } from "./store/restart-cases.js";
import { reviewCases } from "./store/review-cases.js";
import { runCases } from "./store/run-cases.js";
import { runLookupCases } from "./store/run-lookup-cases.js";
import { settingCases } from "./store/setting-cases.js";
import type { StoreCase } from "./store/store-case.js";
import { suppressionCases } from "./store/suppression-cases.js";

export interface StoreConformanceOptions {
  /** The test runner's own: `test` of vitest, of node:test or of jest. */
  test: (name: string, run: () => Promise<void>) => unknown;
  /** Opens a store over the database of this name, which is used for the first time and is to be empty. */
  open(database: string): Store | Promise<Store>;
  /**
   * Opens another connection to a database that `open` made, while the first may still be in use or after it
   * was closed.
   *
   * Without it nothing is proved of several processes and of restarts: leave it out for a store that lives in
   * one process's memory only.
   */
  reopen?(database: string): Store | Promise<Store>;
}

const anyStoreCases: readonly StoreCase[] = [
  ...runCases,
  ...finishCases,
  ...changeCases,
  ...callersCases,
  ...destinationCases,
  ...eventCases,
  ...callCases,
  ...callLookupCases,
  ...processCases,
  ...runLookupCases,
  ...recordCases,
  ...detectionListCases,
  ...deliveryCases,
  ...leaseCases,
  ...batchCases,
  ...orderCases,
  ...outboxCases,
  ...reviewCases,
  ...suppressionCases,
  ...settingCases,
  ...hostileTextCases,
  ...closeCases,
];

/**
 * Proves that a store keeps every promise of the {@link Store} contract: registers one test for each with your
 * test runner, and closes what it opens. Removing the databases is yours.
 */
export function storeConformance({ test, open, reopen }: StoreConformanceOptions): void {
  let databases = 0;

  const register = ({ name, run }: StoreCase) => {
    databases += 1;
    const database = `conformance-${databases}`;
    test(name, async () => {
      const store = await open(database);
      const opened = [store];
      const connect = async () => {
        if (reopen === undefined) return store;
        const another = await reopen(database);
        opened.push(another);
        return another;
      };
      try {
        await run({ store, connect });
      } finally {
        for (const one of opened) await one.close();
      }
    });
  };

  anyStoreCases.forEach(register);
  if (reopen !== undefined) restartCases.forEach(register);
}
