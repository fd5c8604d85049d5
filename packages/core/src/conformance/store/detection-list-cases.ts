import type { Detection } from "../../detection/detection.js";
import { allPages } from "./all-pages.js";
import { expectEqual } from "./expect.js";
import { runOfJob, sampleDetection, sampleRun, sampleTime } from "./sample-data.js";
import type { StoreCase, StoreFixture } from "./store-case.js";

const run = sampleRun("1");

async function recordAll(store: StoreFixture["store"], detections: readonly Detection[]) {
  for (const detection of detections) {
    await store.detections.record({ detection, deliveries: [], baselineRevision: 0 });
  }
}

const idsOf = (detections: readonly Detection[]) => detections.map(({ id }) => id);

export const detectionListCases: readonly StoreCase[] = [
  {
    name: "detections: knows nothing of an id that was never recorded",
    async run({ store }) {
      expectEqual(await store.detections.get("nobody"), undefined, "the detection");
      expectEqual(await store.detections.list(), { items: [] }, "the list");
    },
  },
  {
    name: "detections: keeps its own copy of what it is given and gives out",
    async run({ store }) {
      const given = sampleDetection(run, "d1", "evil.example");
      const request = { detection: given, deliveries: [], baselineRevision: 0 };
      const outcome = await store.detections.record(request);
      given.severity = "info";
      if (outcome.outcome === "recorded") outcome.detection.evidence.ancestors.length = 7;
      const expected = sampleDetection(run, "d1", "evil.example");
      expectEqual(await store.detections.get("d1"), expected, "the detection");
    },
  },
  {
    name: "detections: lists the last recorded first",
    async run({ store }) {
      const detections = ["c", "a", "b"].map((id, index) =>
        sampleDetection(run, id, `${id}.example`, { recordedAt: sampleTime + index }),
      );
      await recordAll(store, detections);
      const { items } = await store.detections.list();
      expectEqual(items, detections.toReversed(), "the detections");
    },
  },
  {
    name: "detections: lists those of one job, one run, one status",
    async run({ store }) {
      const [second, other] = [sampleRun("2"), runOfJob("deploy", "1")];
      await recordAll(store, [
        sampleDetection(run, "d1", "a.example"),
        sampleDetection(second, "d2", "b.example"),
        sampleDetection(other, "d3", "a.example"),
        sampleDetection(run, "d4", "c.example", { status: "suppressed" }),
      ]);
      const listed = async (query: Parameters<typeof store.detections.list>[0]) =>
        idsOf((await store.detections.list(query)).items).sort();
      const { jobKey } = run;
      expectEqual(await listed({ jobKey }), ["d1", "d2", "d4"], "the job's");
      expectEqual(await listed({ runKey: run.key }), ["d1", "d4"], "the run's");
      expectEqual(await listed({ status: "suppressed" }), ["d4"], "the suppressed ones");
      expectEqual(await listed({ status: "new" }), ["d1", "d2", "d3"], "the new ones");
      expectEqual(await listed({ jobKey, status: "new" }), ["d1", "d2"], "the job's new ones");
      expectEqual(await listed({ status: "resolved" }), [], "the resolved ones");
    },
  },
  {
    name: "detections: pages have no gaps and no repeats, though all are recorded at the same time",
    async run({ store }) {
      const detections = Array.from({ length: 13 }, (_, i) =>
        sampleDetection(run, `d${i}`, `host-${i}.example`),
      );
      await recordAll(store, detections);
      const all = await allPages((page) => store.detections.list(page), 5);
      expectEqual(idsOf(all).sort(), idsOf(detections).sort(), "the detections of all pages");
      const ofRun = (page: object) => store.detections.list({ ...page, runKey: run.key });
      expectEqual(
        idsOf(await allPages(ofRun, 4)).sort(),
        idsOf(all).sort(),
        "the run's detections",
      );
    },
  },
  {
    name: "detections: a page does not repeat what was shown when more come in meanwhile",
    async run({ store }) {
      const detections = Array.from({ length: 6 }, (_, i) =>
        sampleDetection(run, `d${i}`, `host-${i}.example`, { recordedAt: sampleTime + i }),
      );
      await recordAll(store, detections.slice(0, 4));
      const first = await store.detections.list({ limit: 2 });
      await recordAll(store, detections.slice(4));
      const second = await store.detections.list({ limit: 2, cursor: first.next ?? "" });
      expectEqual(idsOf(first.items), ["d3", "d2"], "the first page");
      expectEqual(idsOf(second.items), ["d1", "d0"], "the second page");
    },
  },
];
