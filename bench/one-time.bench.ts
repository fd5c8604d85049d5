import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Baseline, type CaptureEvent, createMonitor, type Store } from "@straycall/core";
import { sqliteStore } from "@straycall/store-sqlite";

/*
 * What it costs to decide on a call, once and for ever, for a job that knows few endpoints or many: known calls, and new
 * ones, which are recorded in SQLite with a delivery. The peer is the same job with ten.
 */

const knownCounts = [10, 1_000, 100_000];
const calls = 400;
const time = Date.UTC(2026, 0, 1);
const job = { platform: "github", repository: "acme/shop", workflow: "ci.yml", job: "build" };
const jobKey = "github:acme/shop:ci.yml:build";

export default async function oneTimeBench(): Promise<void> {
  const costs = [];
  for (const known of knownCounts) costs.push({ known, ...(await costsFor(known)) });
  const [fewest] = costs;
  console.log("Deciding on a call, the whole way from the event to the store");
  console.table(
    costs.map(({ known, knownCall, newCall }) => ({
      known,
      "known call, us": Math.round(knownCall),
      "x ten known": ratio(knownCall, fewest?.knownCall),
      "new call, us": Math.round(newCall),
      "x ten known ": ratio(newCall, fewest?.newCall),
    })),
  );
}

async function costsFor(known: number): Promise<{ knownCall: number; newCall: number }> {
  const folder = mkdtempSync(join(tmpdir(), "straycall-bench-"));
  const store: Store = sqliteStore({ path: join(folder, "one-time.db") });
  await store.baselines.change(jobKey, () => baselineOf(known));
  const monitor = createMonitor({ store, baseline: { learningRuns: 1 } });
  const run = await monitor.startRun({ job, runId: "1" });
  // What a run pays once: the baseline's index.
  await run.observe(callsTo("warm", () => "198.51.100.1", 1).flat());
  const perCall = async (name: string, addressOf: (at: number) => string) => {
    const batches = callsTo(name, addressOf, calls);
    let detections = 0;
    const start = performance.now();
    for (const events of batches) detections += (await run.observe(events)).detections.length;
    const each = ((performance.now() - start) * 1_000) / calls;
    const expected = name === "new" ? calls : 0;
    if (detections !== expected) throw new Error(`${name}: ${detections} detections`);
    return each;
  };
  const knownCall = await perCall("known", (at) => knownAddress((at * 7_919) % known));
  const newCall = await perCall("new", (at) => `203.0.${at >> 8}.${at & 255}`);
  await monitor.close();
  await store.close();
  rmSync(folder, { recursive: true });
  return { knownCall, newCall };
}

/** Calls that are over at once: nothing more is to be known of them, so they are decided on. */
function callsTo(name: string, addressOf: (at: number) => string, count: number): CaptureEvent[][] {
  return Array.from({ length: count }, (_, at) => [
    {
      id: `${name}-${at}`,
      time: time + at,
      type: "network.connect",
      connection: { id: `${name}-${at}` },
      process: { pid: 7, executable: "/usr/bin/curl", args: ["curl"] },
      destination: { ip: addressOf(at), port: 443 },
      network: { transport: "tcp" },
    },
    {
      id: `${name}-${at}-end`,
      time: time + at,
      type: "network.close",
      connection: { id: `${name}-${at}` },
      source: { bytes: 100 },
      destination: { bytes: 100 },
    },
  ]);
}

const knownAddress = (at: number) => `11.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`;

function baselineOf(known: number): Baseline {
  const endpoint = { firstRun: 1, lastRun: 50, runs: 50, firstSeenAt: time, lastSeenAt: time };
  const keys = Array.from({ length: known }, (_, at) => `${knownAddress(at)}:443`);
  return {
    version: 2,
    jobKey,
    revision: 1,
    runs: 50,
    endpoints: Object.fromEntries(keys.map((key) => [key, endpoint])),
    groups: {},
    habits: { programs: {}, lineages: {}, steps: {}, ports: {}, surprises: {} },
    forgotten: 0,
  };
}

const ratio = (cost: number, peer = Number.NaN) => Number((cost / peer).toPrecision(2));
