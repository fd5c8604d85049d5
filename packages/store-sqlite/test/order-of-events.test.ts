import { join } from "node:path";
import { type CaptureEvent, createMonitor, type DetectionKind } from "@straycall/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sqliteStore } from "../src/index.js";
import { temporaryFolder } from "./temporary-folder.js";

const job = { platform: "github", repository: "acme/shop", workflow: "ci.yml", job: "build" };
const startedAt = 1_700_000_000_000;

let events = 0;
/** As `CaptureEvent`, without what every event has. */
type Fact = CaptureEvent extends infer Event
  ? Event extends CaptureEvent
    ? Omit<Event, "id" | "time">
    : never
  : never;
const happens = (fact: Fact): CaptureEvent => {
  events += 1;
  return { ...fact, id: `e${events}`, time: startedAt + 10 * events } as CaptureEvent;
};

/** One connection of a process, with its requests. */
function called(pid: number, host: string, ip: string, bytes: number, ...requests: string[]) {
  const connection = { id: `c${events}` };
  return [
    happens({
      type: "dns.answer",
      process: { pid },
      dns: { question: { name: host, type: "A" }, answers: [{ name: host, type: "A", data: ip }] },
    }),
    happens({
      type: "network.connect",
      connection,
      process: { pid },
      destination: { ip, port: 443 },
      network: { transport: "tcp" },
    }),
    ...requests.map((line) => {
      const [method = "", path = ""] = line.split(" ");
      return happens({
        type: "http.request",
        connection,
        http: { request: { method } },
        url: { domain: host, path },
      });
    }),
    happens({
      type: "network.close",
      connection,
      source: { bytes },
      destination: { bytes: 1_000 },
    }),
  ];
}

const programs = () => [
  happens({ type: "process.exec", process: { pid: 5, args: ["bash", "build.sh"] } }),
  happens({
    type: "process.exec",
    process: { pid: 7, args: ["node", "status.js"], parent: { pid: 5 } },
  }),
  happens({
    type: "process.exec",
    process: { pid: 9, args: ["curl", "-d@-"], parent: { pid: 5 } },
  }),
];
const github = (...requests: string[]) =>
  called(7, "api.github.com", "192.0.2.1", 300, ...requests);
const usual = () => [...programs(), ...github("GET /repos/acme/shop")];
const stray = () => [
  ...usual(),
  ...called(9, "new.example", "192.0.2.7", 100, "GET /"),
  ...called(9, "new.example", "192.0.2.7", 100, "POST /u", "GET /"),
  ...github("GET /repos/acme/shop", "POST /repos/thief/loot/issues"),
  ...called(9, "203.0.113.9", "203.0.113.9", 100),
];

const folder = temporaryFolder();
let databases = 0;

interface Told {
  kind: DetectionKind;
  subject: string;
  severity: string;
  score: number | undefined;
  habits: string[];
}

/** What a run tells whose events come in batches of these sizes, to two monitors by turns; one restarts each time. */
async function toldOf(sizes: readonly number[]): Promise<Told[]> {
  databases += 1;
  const path = join(folder, `straycall-${databases}.db`);
  const stores = [sqliteStore({ path }), sqliteStore({ path })];
  const monitors = stores.map((store) => createMonitor({ store }));
  for (let runs = 0; runs < 6; runs += 1) {
    const run = await monitors[0]?.startRun({ job, runId: `usual-${runs}` });
    await run?.observe(usual());
    await run?.finish({ outcome: "success" });
  }
  const left = stray();
  for (let turn = 0; left.length > 0; turn += 1) {
    const run = await monitors[turn % 2]?.startRun({ job, runId: "stray" });
    await run?.observe(left.splice(0, sizes[turn % sizes.length] ?? 1));
    if (turn % 2 === 1 && stores[1]) {
      await monitors[1]?.close();
      monitors[1] = createMonitor({ store: stores[1] });
    }
  }
  const run = await monitors[1]?.startRun({ job, runId: "stray" });
  await run?.finish({ outcome: "success" });
  const { items } = (await stores[0]?.detections.list()) ?? { items: [] };
  for (const monitor of monitors) await monitor.close();
  for (const store of stores) await store.close();
  return items
    .map(({ kind, subject, severity, score, newHabits = [] }) => ({
      kind,
      subject,
      severity,
      score,
      habits: newHabits,
    }))
    .sort((one, other) => (one.subject < other.subject ? -1 : 1));
}

describe("what two monitors on one database tell of a run", () => {
  it("is the same however its events are put into batches, though one of them is restarted", async () => {
    const whole = await toldOf([1_000]);
    expect(whole.map(({ kind }) => kind).sort()).toEqual([
      "new-behavior",
      "new-behavior",
      "new-endpoint",
      "new-endpoint",
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }),
        async (sizes) => {
          expect(await toldOf(sizes)).toEqual(whole);
        },
      ),
      { numRuns: 8 },
    );
  });
});
