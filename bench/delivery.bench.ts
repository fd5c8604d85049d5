import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createMonitor,
  type Detection,
  dueDelivery,
  memoryStore,
  type Notifier,
  type Store,
} from "@straycall/core";
import { sqliteStore } from "@straycall/store-sqlite";

/*
 * How quickly 10,000 deliveries that are due are told by a notifier that takes no time: of 200 runs in their order, and
 * without one. The peers: one synced transaction of the same SQLite for each, and the store in memory.
 */

const due = 10_000;
const runs = 200;
const job = { platform: "github", repository: "acme/shop", workflow: "ci.yml", job: "build" };
const jobKey = "github:acme/shop:ci.yml:build";
const time = Date.UTC(2026, 0, 1);
const quick: Notifier = { name: "quick", notify: async () => {} };

export default async function deliveryBench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "straycall-bench-"));
  const stores = {
    SQLite: (name: string): Store => sqliteStore({ path: join(folder, `${name}.db`) }),
    memory: () => memoryStore(),
  };
  const transactions = await transactionsPerSecond(stores.SQLite("peer"));
  const rates = [];
  for (const [store, open] of Object.entries(stores)) {
    for (const order of ["of 200 runs, each in order", "without an order"]) {
      const rate = await deliveriesPerSecond(open(order), order.startsWith("of"));
      rates.push({ store, order, rate });
    }
  }
  console.log(`${due} deliveries due; SQLite makes ${Math.round(transactions)} transactions/s`);
  console.table(
    rates.map(({ store, order, rate }) => ({
      store,
      order,
      "deliveries/s": Math.round(rate),
      "x one transaction each": Number((rate / transactions).toPrecision(2)),
    })),
  );
  rmSync(folder, { recursive: true });
}

async function deliveriesPerSecond(store: Store, isOrdered: boolean): Promise<number> {
  for (let at = 0; at < due; at += 1) {
    const detection = sampleDetection(at);
    const delivery = dueDelivery(detection, quick.name);
    const order = isOrdered ? { order: detection.run.key } : {};
    const deliveries = [{ ...delivery, ...order }];
    await store.detections.record({ detection, deliveries, baselineRevision: 0 });
  }
  const start = performance.now();
  const monitor = createMonitor({ store, notifiers: [quick] });
  await monitor.idle();
  const seconds = (performance.now() - start) / 1_000;
  const [counts] = await store.deliveries.counts();
  if (counts?.delivered !== due) throw new Error(`${counts?.delivered} were delivered`);
  await monitor.close();
  await store.close();
  return due / seconds;
}

async function transactionsPerSecond(store: Store): Promise<number> {
  const start = performance.now();
  const count = 2_000;
  for (let at = 0; at < count; at += 1) await store.settings.change("n", () => at);
  const seconds = (performance.now() - start) / 1_000;
  await store.close();
  return count / seconds;
}

function sampleDetection(at: number): Detection {
  const runId = `${at % runs}`;
  const key = `${jobKey}#${runId}.1`;
  const endpoint = { host: `host-${at}.example`, port: 443 };
  return {
    ...{ id: `d${at}`, kind: "new-endpoint", subject: `${endpoint.host}:443`, job, jobKey },
    ...{ run: { key, runId, attempt: 1 }, endpoint, severity: "medium", status: "new" },
    reasons: [{ code: "new-domain", text: "The job never called it before." }],
    ...{ occurredAt: time, recordedAt: time },
    evidence: {
      call: {
        ...{ id: `call-${at}`, runKey: key, time, endpoint, verdict: "anomalous" },
        ...{ transport: "tcp", addressClass: "public", names: [], processId: "p1", pid: 7 },
        ...{ commandLine: "curl", http: [] },
      },
      ancestors: [],
      baseline: { runs: 5, endpoints: 3 },
    },
  };
}
