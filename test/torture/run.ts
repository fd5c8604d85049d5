import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMonitor } from "@straycall/core";
import { sqliteStore } from "@straycall/store-sqlite";
import { readArguments } from "./arguments.js";
import { makePlan, type PlannedRun } from "./plan.js";
import type { Taken } from "./receivers.js";
import { seededRandom } from "./seeded-random.js";
import { judge, wrongIn } from "./verdict.js";
import { bundleWorker } from "./worker-bundle.js";
import { startWorkers } from "./workers.js";

/* Told once, whatever dies: see README.md. */

const given = readArguments(process.argv.slice(2));
const random = seededRandom(given.seed);
const plan = makePlan(given, random);
const folder = mkdtempSync(join(tmpdir(), "straycall-torture-"));
const database = join(folder, "torture.db");
const store = sqliteStore({ path: database });
const taken: Taken = { accepted: [], checks: [] };
const began = Date.now();
const say = (text: string) =>
  process.stderr.write(`${Math.round((Date.now() - began) / 1_000)} s: ${text}\n`);

await setPace();
const workers = await startWorkers({
  script: await bundleWorker(),
  count: given.processes,
  ...{ random, taken, store },
  common: {
    database,
    webhookSecret: `whsec_${Buffer.alloc(32, 7).toString("base64")}`,
    githubToken: "ghs_torture",
  },
});
say(`${plan.runs.length} runs, ${plan.expected.size} endpoints, ${given.processes} processes`);

let isObserved = false;
const killing = killAtRandom();
await observeAll();
isObserved = true;
say("all runs were observed and have ended");
await killing;
say(`${workers.kills} processes were killed; what they had leased comes free in 90 s`);
await untilDelivered();
const verdict = await judge(plan, taken, store, workers.crashesBetween);
const wrong = wrongIn(verdict);
const result = { ...given, kills: workers.kills, ...verdict, failures: workers.failures.length };
process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
if (given.json !== undefined) writeFileSync(given.json, `${JSON.stringify(result)}\n`);
for (const failure of new Set(workers.failures)) say(`a process answered: ${failure}`);
for (const problem of wrong) say(`WRONG: ${problem}`);
await workers.close();
await store.close();
rmSync(folder, { recursive: true });
process.exit(wrong.length === 0 ? 0 : 1);

/** Some jobs are told at once, others at the end of the run. */
async function setPace() {
  const names = ["webhook", "email", "github-check"];
  const notifiers = names.map((name) => ({ name, notify: async () => {} }));
  const monitor = createMonitor({ store, notifiers, notifyFrom: "info" });
  const route = { repository: "per-run/*", notifiers: names, pace: "per-run" } as const;
  await monitor.settings.change({ routes: [route] }, "torture");
  await monitor.close();
}

/** Several runs at a time, each of its batches by whatever process is free. */
async function observeAll() {
  const left = [...plan.runs];
  const lanes = Array.from({ length: given.processes * 4 }, async () => {
    for (let run = left.shift(); run !== undefined; run = left.shift()) await observeRun(run);
  });
  await Promise.all(lanes);
}

async function observeRun({ ref, commit, batches }: PlannedRun) {
  const observing = batches.map((events) => workers.do({ kind: "observe", ref, commit, events }));
  await Promise.all(observing);
  // The end is told more than once, too.
  const ends = Array.from({ length: 1 + random.below(3) }, () =>
    workers.do({ kind: "finish", ref, commit }),
  );
  await Promise.all(ends);
}

/** Goes on until there were enough, also while what was found is still being sent. */
async function killAtRandom() {
  while (workers.kills < given.kills) {
    await pause(random.next() * 400);
    await workers.killOne();
    if (workers.kills > 0 && workers.kills % 20 === 0)
      say(`${workers.kills} kills, ${taken.accepted.length} messages`);
  }
}

async function untilDelivered() {
  const deadline = Date.now() + 600_000;
  while (Date.now() < deadline) {
    const counts = await store.deliveries.counts();
    const pending = counts.reduce((sum, each) => sum + each.pending, 0);
    if (isObserved && pending === 0) break;
    await pause(1_000);
  }
  // A check that tells the end of a run is still on its way.
  await pause(2_000);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
