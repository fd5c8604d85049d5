import type { DetectionQuery } from "../../contracts/store/detection-store.js";
import type { RunQuery } from "../../contracts/store/run-store.js";
import type { Store } from "../../contracts/store.js";
import type { RunRecord } from "../../run/run.js";
import { expectEqual } from "./expect.js";
import { sampleDetection, sampleRun, sampleTime } from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

const runOf = (repository: string, runId: string, more: Partial<RunRecord> = {}) =>
  sampleRun(runId, {
    ...more,
    job: { platform: "github", repository, workflow: "ci.yml", job: "build" },
  });

const shop = runOf("Acme/Shop", "1", { commit: "ABCDEF", actor: "alice" });
const web = runOf("acme/web", "2", {
  mode: "block",
  counts: { events: 1, processes: 1, calls: 1, anomalousCalls: 0, blockedCalls: 1 },
});
const other = runOf("acme-labs/shop", "3", {
  startedAt: sampleTime + 5,
  counts: { events: 1, processes: 1, calls: 1, anomalousCalls: 1 },
});

async function filled({ store }: { store: Store }): Promise<Store> {
  for (const run of [shop, web, other]) await store.runs.start(run);
  await store.runs.finish(shop.key, { outcome: "failure", finishedAt: sampleTime });
  for (const [i, run] of [shop, web, other].entries()) {
    const detection = sampleDetection(run, `d${i + 1}`, `host-${i + 1}.example`);
    await store.detections.record({ detection, deliveries: [], baselineRevision: 0 });
  }
  return store;
}

/** What each scope holds. */
const scopes: readonly [readonly string[], string[]][] = [
  [["acme/shop"], ["1"]],
  [["ACME/*"], ["1", "2"]],
  [
    ["acme/web", "acme-labs/shop"],
    ["2", "3"],
  ],
  [["*"], ["1", "2", "3"]],
  [["acme"], []],
  [["' OR 1=1 --"], []],
  [[], []],
];

export const runLookupCases: readonly StoreCase[] = [
  {
    name: "lists: runs and detections of some repositories alone, by name or by owner",
    async run(fixture) {
      const store = await filled(fixture);
      for (const [repositories, expected] of scopes) {
        const runs = await store.runs.list({ repositories });
        expectEqual(
          runs.items.map(({ runId }) => runId).sort(),
          expected,
          `runs of ${repositories}`,
        );
        const detections = await store.detections.list({ repositories });
        expectEqual(
          detections.items.map(({ run }) => run.runId).sort(),
          expected,
          `detections of ${repositories}`,
        );
      }
    },
  },
  {
    name: "runs: lists those with findings, of an outcome, of a mode, started before, that hold a text",
    async run(fixture) {
      const store = await filled(fixture);
      const idsOf = async (query: RunQuery) =>
        (await store.runs.list(query)).items.map(({ runId }) => runId).sort();
      expectEqual(await idsOf({ findingsOnly: true }), ["2", "3"], "runs with findings");
      expectEqual(await idsOf({ outcome: "failure" }), ["1"], "failed runs");
      expectEqual(await idsOf({ mode: "block" }), ["2"], "runs with a policy");
      expectEqual(await idsOf({ startedBefore: sampleTime + 5 }), ["1", "2"], "earlier runs");
      expectEqual(await idsOf({ search: "abcdef" }), ["1"], "runs of a commit");
      expectEqual(await idsOf({ search: "SHOP" }), ["1", "3"], "runs that hold a text");
      expectEqual(
        await idsOf({ search: "shop", findingsOnly: true, repositories: ["acme-labs/*"] }),
        ["3"],
        "runs that are all of it",
      );
      const counts = { ...shop.counts, anomalousCalls: 2 };
      await store.runs.update(shop.key, { counts });
      expectEqual(await idsOf({ findingsOnly: true }), ["1", "2", "3"], "runs with findings now");
    },
  },
  {
    name: "detections: lists those of a subject, and those that hold a text",
    async run(fixture) {
      const store = await filled(fixture);
      const idsOf = async (query: DetectionQuery) =>
        (await store.detections.list(query)).items.map(({ id }) => id).sort();
      expectEqual(await idsOf({ subject: "host-2.example:443" }), ["d2"], "of a subject");
      expectEqual(await idsOf({ search: "HOST-3" }), ["d3"], "that hold a text");
      expectEqual(await idsOf({ search: "acme/web" }), ["d2"], "that hold a repository");
      expectEqual(await idsOf({ search: "host", status: "resolved" }), [], "that are resolved");
    },
  },
];
