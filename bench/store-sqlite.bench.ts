/*
 * What the SQLite store costs: appending events in batches of different sizes, and recording a detection that is
 * known, which every run asks for again, among few and many known ones.
 *
 * Numbers of one machine say little, so each is given as a ratio against a peer measured in the same run.
 *
 *   npx tsx --conditions=@straycall/source bench/store-sqlite.bench.ts
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CaptureEvent, memoryStore, type Store } from "@straycall/core";
import { sqliteStore } from "@straycall/store-sqlite";
import { sqliteDatabase } from "../packages/store-sqlite/src/database.js";
import { sqliteDetections } from "../packages/store-sqlite/src/detections.js";
import { sqliteDriver } from "../packages/store-sqlite/src/driver.js";
import { openConnection } from "../packages/store-sqlite/src/open-connection.js";
import { recordRequest } from "../packages/store-sqlite/test/sample-detections.js";

const folder = mkdtempSync(join(tmpdir(), "straycall-bench-"));
const batchSizes = [1, 10, 100, 1_000, 5_000];
const knownCounts = [10, 1_000, 100_000];

function sampleEvents(count: number, prefix: string): CaptureEvent[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `${prefix}-${i}`,
    time: Date.UTC(2026, 0, 1) + i,
    type: "process.exec",
    process: { pid: i, executable: "/usr/bin/node", args: ["node", "build.js", `--part=${i}`] },
  }));
}

/** Seconds that `work` takes. */
async function seconds(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** The peer: no store at all, each event a row in a transaction of its own, as durable as ours. */
async function plainInsertsPerSecond(): Promise<number> {
  const connection = new (sqliteDriver().DatabaseSync)(join(folder, "plain.db"));
  connection.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  connection.exec("CREATE TABLE events (sequence INTEGER PRIMARY KEY, document TEXT)");
  const insert = connection.prepare("INSERT INTO events (document) VALUES (?)");
  const events = sampleEvents(500, "plain");
  const time = await seconds(() => {
    for (const event of events) insert.run(JSON.stringify(event));
  });
  connection.close();
  return events.length / time;
}

async function appendsPerSecond(store: Store, batchSize: number): Promise<number> {
  const batches = Array.from({ length: Math.max(5, Math.min(500, 50_000 / batchSize)) }, (_, i) =>
    sampleEvents(batchSize, `${batchSize}-${i}`),
  );
  const time = await seconds(async () => {
    for (const batch of batches) await store.events.append(`run-${batchSize}`, batch);
  });
  return (batches.length * batchSize) / time;
}

/** Microseconds to be told that a detection is known, the median of many. */
async function knownMicroseconds(store: Store, known: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 2_000; i += 1) {
    const request = recordRequest(`again-${i}`, `host-${(i * 7_919) % known}.example`);
    times.push(
      await seconds(async () => {
        const { outcome } = await store.detections.record(request);
        if (outcome !== "known") throw new Error(`the detection was ${outcome}`);
      }),
    );
  }
  return (times.sort((a, b) => a - b)[times.length / 2] ?? 0) * 1e6;
}

async function fill(detections: Store["detections"], count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    await detections.record(recordRequest(`d${i}`, `host-${i}.example`));
  }
}

async function filledSqliteStore(count: number): Promise<Store> {
  const path = join(folder, `known-${count}.db`);
  const connection = openConnection(path);
  // Only while it is filled, which is not what is measured.
  connection.exec("PRAGMA synchronous = OFF");
  const database = sqliteDatabase(connection);
  await fill(sqliteDetections(database), count);
  await database.close();
  return sqliteStore({ path });
}

async function benchAppend(): Promise<void> {
  const plain = await plainInsertsPerSecond();
  const store = sqliteStore({ path: join(folder, "append.db") });
  const rows = [];
  for (const batchSize of batchSizes) {
    const rate = await appendsPerSecond(store, batchSize);
    const memory = await appendsPerSecond(memoryStore(), batchSize);
    rows.push({
      "batch of": batchSize,
      "events/s": Math.round(rate),
      "x one row per transaction": Number((rate / plain).toFixed(2)),
      "x memory store": Number((rate / memory).toFixed(3)),
    });
  }
  await store.close();
  console.log("events.append");
  console.table(rows);
}

async function benchKnown(): Promise<void> {
  const rows = [];
  for (const known of knownCounts) {
    const memory = memoryStore();
    await fill(memory.detections, known);
    const sqlite = await filledSqliteStore(known);
    const cost = await knownMicroseconds(sqlite, known);
    const memoryCost = await knownMicroseconds(memory, known);
    rows.push({ known, cost, memoryCost });
    await sqlite.close();
  }
  const [fewest] = rows;
  console.log("detections.record of one that is known");
  console.table(
    rows.map(({ known, cost, memoryCost }) => ({
      "known detections": known,
      microseconds: Number(cost.toFixed(1)),
      [`x ${knownCounts[0]} known`]: Number((cost / (fewest?.cost ?? cost)).toFixed(2)),
      "x memory store": Number((cost / memoryCost).toFixed(2)),
    })),
  );
}

try {
  await benchAppend();
  await benchKnown();
} finally {
  rmSync(folder, { recursive: true });
}
