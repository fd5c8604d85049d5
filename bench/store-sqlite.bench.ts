/*
 * What the SQLite store costs: appending events in batches of different sizes, and recording a detection that is
 * known, which every run asks for again, among few and many known ones.
 *
 * Numbers of one machine say little, so each is given as a ratio against a peer measured in the same run.
 *
 *   npx tsx --conditions=@straycall/source bench/store-sqlite.bench.ts
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CaptureEvent, memoryStore, type RecordDetection, type Store } from "@straycall/core";
import { sqliteStore } from "@straycall/store-sqlite";

const batchSizes = [1, 10, 100, 1_000, 5_000];
const knownCounts = [10, 1_000, 100_000];
const askedAgain = 2_000;

const folder = mkdtempSync(join(tmpdir(), "straycall-bench-"));
/** Where syncing costs nothing, to fill large databases; slow but right where there is no such place. */
const memoryFolder = mkdtempSync(
  join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "straycall-bench-"),
);

const time = Date.UTC(2026, 0, 1);
const job = { platform: "github", repository: "acme/shop", workflow: "ci.yml", job: "build" };
const jobKey = "github:acme/shop:ci.yml:build";
const runKey = `${jobKey}#1.1`;

function sampleEvents(count: number, prefix: string): CaptureEvent[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `${prefix}-${i}`,
    time: time + i,
    type: "process.exec",
    process: { pid: i, executable: "/usr/bin/node", args: ["node", "build.js", `--part=${i}`] },
  }));
}

function recordRequest(id: string, host: string): RecordDetection {
  const endpoint = { host, port: 443 };
  return {
    detection: {
      id,
      kind: "new-endpoint",
      subject: `${host}:443`,
      job,
      jobKey,
      run: { key: runKey, runId: "1", attempt: 1 },
      endpoint,
      severity: "medium",
      reasons: [{ code: "new-domain", text: "The job never called it before." }],
      status: "new",
      occurredAt: time,
      recordedAt: time,
      evidence: {
        call: {
          id: `call-${id}`,
          runKey,
          time,
          endpoint,
          verdict: "anomalous",
          transport: "tcp",
          addressClass: "public",
          names: [{ name: host, source: "dns", confidence: "certain" }],
          processId: "p1",
          pid: 7,
          commandLine: `curl -s https://${host}`,
          http: [],
        },
        ancestors: [],
        baseline: { runs: 5, endpoints: 3 },
      },
    },
    deliveries: [],
    baselineRevision: 0,
  };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function appendsPerSecond(store: Store, batchSize: number): Promise<number> {
  const batches = Array.from({ length: Math.max(5, Math.min(500, 50_000 / batchSize)) }, (_, i) =>
    sampleEvents(batchSize, `${i}`),
  );
  const spent = await seconds(async () => {
    for (const batch of batches) await store.events.append(`run-${batchSize}`, batch);
  });
  return (batches.length * batchSize) / spent;
}

async function benchAppend(): Promise<void> {
  const store = sqliteStore({ path: join(folder, "append.db") });
  const memory = memoryStore();
  const rates = [];
  for (const batchSize of batchSizes) {
    const rate = await appendsPerSecond(store, batchSize);
    rates.push({ batchSize, rate, memoryRate: await appendsPerSecond(memory, batchSize) });
  }
  await store.close();
  const oneByOne = rates[0]?.rate ?? Number.NaN;
  console.log("events.append, each batch synced to the disk");
  console.table(
    rates.map(({ batchSize, rate, memoryRate }) => ({
      "batch of": batchSize,
      "events/s": Math.round(rate),
      "x one event per transaction": rounded(rate / oneByOne),
      "x memory store": rounded(rate / memoryRate),
    })),
  );
}

async function fill(store: Store, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    await store.detections.record(recordRequest(`d${i}`, `host-${i}.example`));
  }
}

async function filledSqliteStore(count: number): Promise<Store> {
  const name = `known-${count}.db`;
  const filling = sqliteStore({ path: join(memoryFolder, name) });
  await fill(filling, count);
  await filling.close();
  copyFileSync(join(memoryFolder, name), join(folder, name));
  return sqliteStore({ path: join(folder, name) });
}

/** Microseconds to be told that a detection is known, the median of many. */
async function knownMicroseconds(store: Store, known: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < askedAgain; i += 1) {
    const request = recordRequest(`again-${i}`, `host-${(i * 7_919) % known}.example`);
    times.push(await seconds(() => store.detections.record(request)));
  }
  return (times.sort((a, b) => a - b)[askedAgain / 2] ?? Number.NaN) * 1e6;
}

async function benchKnown(): Promise<void> {
  const costs = [];
  for (const known of knownCounts) {
    const memory = memoryStore();
    await fill(memory, known);
    const store = await filledSqliteStore(known);
    const cost = await knownMicroseconds(store, known);
    costs.push({ known, cost, memoryCost: await knownMicroseconds(memory, known) });
    await store.close();
  }
  const fewest = costs[0]?.cost ?? Number.NaN;
  console.log("detections.record of one that is known");
  console.table(
    costs.map(({ known, cost, memoryCost }) => ({
      "known detections": known,
      microseconds: rounded(cost),
      "x fewest known": rounded(cost / fewest),
      "x memory store": rounded(cost / memoryCost),
    })),
  );
}

const rounded = (value: number) => Number(value.toPrecision(3));

try {
  await benchAppend();
  await benchKnown();
} finally {
  for (const used of [folder, memoryFolder]) rmSync(used, { recursive: true });
}
