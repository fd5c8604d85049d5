import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Baseline } from "../../src/baseline/baseline.js";
import { compareSeverity, type Detection, type Severity } from "../../src/detection/detection.js";
import { endpointKey } from "../../src/endpoint/endpoint.js";
import type { CaptureEvent } from "../../src/events/event.js";
import { jobKey } from "../../src/job/job.js";
import { memoryStore } from "../../src/memory-store/memory-store.js";
import { createMonitor } from "../../src/monitor/monitor.js";
import { attached, exec } from "../events/make-events.js";
import { auditedJob, calls, githubIp, installScript, job, questions } from "./audited-job.js";

const key = jobKey(job);
let baseline: Baseline;

beforeAll(async () => {
  const { learn, store } = auditedJob();
  await learn(80);
  baseline = (await store.baselines.get(key)) as Baseline;
});

/** One process that makes one call: in all legal orders its events stay in theirs. */
interface Caller {
  pid: 7 | 8 | 30;
  host: string;
  requests: string[];
  bytesOut: number;
  ends: boolean;
}

const caller = (hosts: readonly string[]): fc.Arbitrary<Caller> =>
  fc.record({
    pid: fc.constantFrom(7, 8, 30),
    host: fc.constantFrom(...hosts),
    requests: fc.array(
      fc.constantFrom(
        "GET /repos/acme/shop",
        "GET /repos/other/shop",
        "POST /repos/thief/loot/issues",
        "PUT /upload",
        "GET /latest",
      ),
      { maxLength: 4 },
    ),
    bytesOut: fc.constantFrom(100, 1_000_000, 10_000_000_000),
    ends: fc.boolean(),
  });

/** Each host has an address of its own: a name on a shared one belongs to who asked last. */
const addresses: Record<string, string> = {
  "api.github.com": githubIp,
  "packages.example.org": "192.0.2.20",
  "new.example": "198.51.100.7",
  "other.example": "198.51.100.8",
};

const eventsOf = ({ pid, host, ...more }: Caller): CaptureEvent[] => {
  const ip = addresses[host];
  if (ip) return calls(pid, host, ip, more);
  return questions(
    pid,
    ...more.requests.map((line, at) => `${encoded(line.length + at)}.t.example`),
  );
};

const encoded = (seed: number) =>
  Array.from(
    { length: 60 },
    (_, at) => "abcdefghijklmnopqrstuvwxyz234567"[(at * at * 7 + seed * 13 + at * 11) % 32],
  ).join("");

const processes = () => [
  attached(),
  exec(5, ["bash", "build.sh"]),
  exec(7, ["node", "status.js"], { parent: 5 }),
  exec(8, ["npm", "ci"], { parent: 5 }),
  ...installScript(),
];

/** Takes one event of a strand after the other, in the order that the picks say. */
function interleaved(strands: readonly (readonly CaptureEvent[])[], picks: readonly number[]) {
  const left = strands.map((strand) => [...strand]).filter((strand) => strand.length > 0);
  const order: CaptureEvent[] = [];
  for (let turn = 0; left.length > 0; turn += 1) {
    const at = (picks[turn % picks.length] ?? 0) % left.length;
    const [next] = left[at]?.splice(0, 1) ?? [];
    if (next) order.push(next);
    if (left[at]?.length === 0) left.splice(at, 1);
  }
  return order;
}

/** Events in the order they happened: interleaved, and timed by that. */
function happened(callers: readonly Caller[], picks: readonly number[]) {
  const start = 1_700_000_000_000;
  const strands = callers.map(eventsOf);
  interleaved(strands, picks).forEach((event, at) => {
    event.time = start + 100 * at;
  });
  return strands;
}

function batchesOf(events: readonly CaptureEvent[], sizes: readonly number[]) {
  const batches: CaptureEvent[][] = [];
  const left = [...events];
  for (let turn = 0; left.length > 0; turn += 1) {
    batches.push(left.splice(0, sizes[turn % sizes.length] ?? 1));
  }
  return batches;
}

type Told = Pick<Detection, "kind" | "subject" | "severity" | "score" | "newHabits"> & {
  endpoint: string;
};

interface Following {
  /** How many monitors take turns. */
  monitors: number;
  /** After each batch the monitor is closed and another one opened. */
  restarts: boolean;
}

const ways: Following[] = [
  { monitors: 1, restarts: false },
  { monitors: 1, restarts: true },
  { monitors: 2, restarts: false },
];

/** What one run makes known, put into batches, by monitors that take turns. */
async function toldOf(
  batches: readonly (readonly CaptureEvent[])[],
  { monitors: count, restarts }: Following,
): Promise<Told[]> {
  const store = memoryStore();
  await store.baselines.change(key, () => structuredClone(baseline));
  const now = () => 1_700_000_100_000;
  const monitors = Array.from({ length: count }, () => createMonitor({ store, now }));
  const start = { job, runId: "run" };
  const prepared = [processes(), ...batches];
  for (const [turn, batch] of prepared.entries()) {
    const at = turn % count;
    const run = await monitors[at]?.startRun(start);
    await run?.observe(batch);
    if (restarts) {
      await monitors[at]?.close();
      monitors[at] = createMonitor({ store, now });
    }
  }
  const run = await monitors[prepared.length % count]?.startRun(start);
  await run?.finish({ outcome: "success" });
  const { items } = await store.detections.list({ limit: 1_000 });
  for (const monitor of monitors) await monitor.close();
  await store.close();
  return items
    .map(({ kind, subject, severity, score, newHabits, endpoint }) => ({
      kind,
      subject,
      severity,
      ...(score === undefined ? {} : { score }),
      ...(newHabits === undefined ? {} : { newHabits }),
      endpoint: endpointKey(endpoint),
    }))
    .sort((one, other) => (one.subject + one.kind < other.subject + other.kind ? -1 : 1));
}

const picks = fc.array(fc.nat(11), { minLength: 1, maxLength: 30 });
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const way = fc.constantFrom(...ways);
const alone: Following = { monitors: 1, restarts: false };

describe("what a run tells, and how bad it is", () => {
  const hosts = [
    "api.github.com",
    "packages.example.org",
    "new.example",
    "other.example",
    "resolver",
  ];

  it("does not depend on how its events are put into batches, on restarts, or on who follows it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(caller(hosts), { minLength: 1, maxLength: 8 }),
        picks,
        sizes,
        way,
        async (callers, when, split, following) => {
          const events = happened(callers, when)
            .flat()
            .sort((one, other) => one.time - other.time);
          const oneByOne = await toldOf(batchesOf(events, [1]), alone);
          expect(await toldOf(batchesOf(events, split), following)).toEqual(oneByOne);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("does not depend on the order of the events of one batch", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(caller(hosts), { minLength: 1, maxLength: 8 }),
        picks,
        picks,
        async (callers, when, arrived) => {
          const strands = happened(callers, when);
          const inTime = strands.flat().sort((one, other) => one.time - other.time);
          const oneByOne = await toldOf(batchesOf(inTime, [1]), alone);
          expect(await toldOf([interleaved(strands, arrived)], alone)).toEqual(oneByOne);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("does not depend on any order, batches or restart where each process calls a place of its own", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(...hosts.map((host) => fc.option(caller([host])))),
        picks,
        picks,
        sizes,
        way,
        async (some, when, arrived, split, following) => {
          const strands = happened(
            some.filter((one) => one !== null),
            when,
          );
          const inTime = strands.flat().sort((one, other) => one.time - other.time);
          const oneByOne = await toldOf(batchesOf(inTime, [1]), alone);
          const batches = batchesOf(interleaved(strands, arrived), split);
          expect(await toldOf(batches, following)).toEqual(oneByOne);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is as bad for each endpoint in any order, batches or restart", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(caller(hosts), { minLength: 1, maxLength: 8 }),
        picks,
        picks,
        sizes,
        way,
        async (callers, when, arrived, split, following) => {
          const strands = happened(callers, when);
          const inTime = strands.flat().sort((one, other) => one.time - other.time);
          const oneByOne = await toldOf(batchesOf(inTime, [1]), alone);
          const batches = batchesOf(interleaved(strands, arrived), split);
          expect(worstOf(await toldOf(batches, following))).toEqual(worstOf(oneByOne));
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** The worst that was told of each endpoint. */
function worstOf(told: readonly Told[]): Record<string, Severity> {
  const worst: Record<string, Severity> = {};
  for (const { endpoint, severity } of told) {
    const before = worst[endpoint];
    if (before === undefined || compareSeverity(severity, before) > 0) worst[endpoint] = severity;
  }
  return worst;
}
