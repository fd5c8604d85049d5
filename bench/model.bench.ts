/**
 * What the model costs at 10, 1,000 and 50,000 known endpoints: scoring a call, learning a usual run, making the index,
 * memory, and a run's end in the SQLite store.
 *
 * The peers, in the same run: the exact rule, which looks `host:port` up in a Set and adds it; and JSON, by which any
 * store has to write what was learned and read it again.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Baseline,
  type BaselineIndex,
  baselineIndex,
  deviationOf,
  endpointKey,
  learnRun,
  type Observation,
} from "@straycall/core";
import { sqliteStore } from "@straycall/store-sqlite";
import { sampleBaseline, sampleCall, sightingsOf } from "./model/sample-job.js";
import { fastest, heapOf } from "./model/spent.js";

const sizes = [10, 1_000, 50_000];
const rounds = 15;
/** More of them: what is quick must first be compiled. */
const scoringRounds = 300;
/** Few enough that a round passes without a pause on a busy machine. */
const batch = 250;
/** Endpoints that a usual run calls. */
const usual = 30;
const jobKey = "local:bench:ci:build";

interface Job {
  endpoints: number;
  text: string;
  load(): Baseline;
}

function job(endpoints: number): Job {
  const text = JSON.stringify(sampleBaseline(endpoints));
  return { endpoints, text, load: () => JSON.parse(text) as Baseline };
}

/** Calls to endpoints whose habits the baseline remembers: those that are called all the time. */
function usualCalls({ endpoints }: Baseline, count: number): Observation[] {
  const numbers = Array.from({ length: Object.keys(endpoints).length }, (_, number) => number);
  const detailed = numbers.filter(
    (number) => endpoints[endpointKey(sampleCall(number).endpoint)]?.habits !== undefined,
  );
  return Array.from({ length: count }, (_, at) => sampleCall(detailed[at % detailed.length] ?? 0));
}

/** Microseconds for one call. */
function perCall(calls: readonly Observation[], look: (call: Observation) => unknown): number {
  const spent = fastest(
    scoringRounds,
    () => calls,
    (all) => {
      for (const call of all) look(call);
    },
  );
  return (spent / calls.length) * 1_000;
}

function scoring({ endpoints, load }: Job) {
  const baseline = load();
  const index = baselineIndex(baseline);
  const keys = new Set(Object.keys(baseline.endpoints));
  const known = usualCalls(baseline, batch);
  const requests = [{ method: "POST", route: "/upload/<hash>" }];
  const kinds = {
    "known endpoint, as always": known,
    "known endpoint, new request": known.map((call) => ({ ...call, requests })),
    "new endpoint": known.map((_, at) => sampleCall(1_000_000 + at)),
  };
  return Object.entries(kinds).map(([what, calls]) => {
    const us = perCall(calls, (call) => deviationOf(call, index));
    const peer = perCall(calls, ({ endpoint }) => keys.has(endpointKey(endpoint)));
    return {
      known: endpoints,
      what,
      us: short(us),
      "exact rule, us": short(peer),
      ratio: short(us / peer),
    };
  });
}

function learning({ endpoints, load }: Job) {
  const calls = usualCalls(load(), usual);
  const sightings = sightingsOf(calls);
  const ms = fastest(rounds, load, (baseline) => learnRun(baseline, jobKey, sightings));
  const written = fastest(rounds, load, (baseline) => JSON.stringify(baseline));
  const keys = new Set(Object.keys(load().endpoints));
  const added = fastest(
    rounds,
    () => keys,
    () => {
      for (const { endpoint } of calls) keys.add(endpointKey(endpoint));
    },
  );
  return {
    known: endpoints,
    "learn, ms": short(ms),
    "JSON.stringify, ms": short(written),
    "ratio to JSON": short(ms / written),
    "Set.add, ms": short(added),
  };
}

/** All that an index makes when it is asked for the first time. */
const askAll = (index: BaselineIndex) => [index.evidence, index.imitated, index.children("names")];

function loading({ endpoints, text, load }: Job) {
  const parse = fastest(5, () => text, JSON.parse);
  const known = fastest(5, load, (baseline) => deviationOf(sampleCall(0), baselineIndex(baseline)));
  const fresh = fastest(5, load, (baseline) =>
    deviationOf(sampleCall(1_000_000), baselineIndex(baseline)),
  );
  return {
    known: endpoints,
    "JSON.parse, ms": short(parse),
    "first known call, ms": short(known),
    "first new call, ms": short(fresh),
    "ratio to JSON": short(fresh / parse),
  };
}

function memory({ endpoints, text, load }: Job) {
  const copies = Math.max(3, 5_000 / endpoints);
  const loaded = heapOf(copies, load);
  const index = heapOf(copies, (copy) => askAll(baselineIndex(loaded.made[copy])));
  const keys = JSON.stringify(Object.keys(load().endpoints));
  const exact = heapOf(copies, () => new Set(JSON.parse(keys) as string[]));
  return {
    known: endpoints,
    "JSON, kB": kilobytes(text.length),
    "object, kB": kilobytes(loaded.bytes),
    "index, kB": kilobytes(index.bytes),
    "exact rule's Set, kB": kilobytes(exact.bytes),
    ratio: short((loaded.bytes + index.bytes) / exact.bytes),
  };
}

async function storing({ endpoints, load, text }: Job, folder: string) {
  const store = sqliteStore({ path: join(folder, `${endpoints}.db`) });
  await store.baselines.change(jobKey, load);
  const calls = usualCalls(load(), usual);
  const sightings = sightingsOf(calls);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round += 1) {
    const start = performance.now();
    await store.baselines.change(jobKey, (before) => learnRun(before, jobKey, sightings));
    best = Math.min(best, performance.now() - start);
  }
  await store.close();
  const json = fastest(
    5,
    () => text,
    (stored) => JSON.stringify(JSON.parse(stored)),
  );
  return {
    known: endpoints,
    "read, learn, write, ms": short(best),
    "JSON both ways, ms": short(json),
    ratio: short(best / json),
  };
}

const short = (value: number) => Number(value.toPrecision(2));
const kilobytes = (bytes: number) => short(bytes / 1_000);

export default async function modelBench() {
  const jobs = sizes.map(job);
  console.log("Scoring one call");
  console.table(jobs.flatMap(scoring));
  console.log(`Learning a run of ${usual} endpoints`);
  console.table(jobs.map(learning));
  console.log("After loading: the first call makes what the index needs");
  console.table(jobs.map(loading));
  console.log("Memory of one job");
  console.table(jobs.map(memory));
  const folder = mkdtempSync(join(tmpdir(), "straycall-bench-"));
  try {
    console.log("The end of a run in the SQLite store");
    const rows = [];
    for (const sample of jobs) rows.push(await storing(sample, folder));
    console.table(rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
