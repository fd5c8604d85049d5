import type { Detection } from "../../detection/detection.js";
import type { Review } from "../../detection/review.js";
import { expectEqual, expectRejection } from "./expect.js";
import { sampleDelivery, sampleDetection, sampleRun, sampleTime } from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

const detection = sampleDetection(sampleRun("1"), "d1", "evil.example");
const recording = { detection, deliveries: [], baselineRevision: 0 };
const looked: Review = {
  action: "acknowledge",
  status: "acknowledged",
  at: sampleTime,
  by: "ann",
  note: "ours",
};
const silenced: Review = {
  action: "suppress",
  status: "suppressed",
  at: sampleTime + 1,
  by: "bob",
  suppressionId: "rule",
};
const decide = (review: Review) => () => ({ review, deliveries: [] });

export const reviewCases: readonly StoreCase[] = [
  {
    name: "reviews: a detection takes the status of the last, and keeps all",
    async run({ store }) {
      await store.detections.record(recording);
      const first = await store.detections.review("d1", decide(looked));
      expectEqual(first, { ...detection, status: "acknowledged", reviews: [looked] }, "the first");
      await store.detections.review("d1", decide(silenced));
      const quiet: Detection = {
        ...detection,
        status: "suppressed",
        suppressionId: "rule",
        reviews: [looked, silenced],
      };
      expectEqual(await store.detections.get("d1"), quiet, "the detection while it is quiet");
      const { items } = await store.detections.list({ status: "suppressed" });
      expectEqual(items, [quiet], "the suppressed ones");
      const reopened: Review = { action: "reopen", status: "new", at: sampleTime + 2, by: "ann" };
      const open = await store.detections.review("d1", decide(reopened));
      expectEqual(open?.suppressionId, undefined, "the rule once it is open again");
      expectEqual(open?.reviews?.length, 3, "how many reviews");
    },
  },
  {
    name: "reviews: their deliveries are stored with them, or neither is",
    async run({ store }) {
      await store.detections.record({ ...recording, deliveries: [sampleDelivery(detection, "a")] });
      const told = sampleDelivery(detection, "chat", { id: "d1:chat:review-0", review: 0 });
      await store.detections.review("d1", () => ({ review: looked, deliveries: [told] }));
      const stored = await store.deliveries.list("d1");
      expectEqual(stored.at(-1), told, "the review's delivery");
      await expectRejection(
        store.detections.review("d1", () => ({ review: silenced, deliveries: [told] })),
        "a review with a delivery that is there",
        "STORE_FAILED",
      );
      expectEqual((await store.detections.get("d1"))?.status, "acknowledged", "the status");
      expectEqual((await store.deliveries.list("d1")).length, 2, "how many deliveries");
    },
  },
  {
    name: "reviews: none of a detection that is not there, nor where it is decided so",
    async run({ store }) {
      await store.detections.record(recording);
      const nobody = await store.detections.review("nobody", decide(looked));
      expectEqual(nobody, undefined, "the answer for an unknown one");
      const left = await store.detections.review("d1", () => undefined);
      expectEqual(left, detection, "the answer where nothing is decided");
      const failing = store.detections.review("d1", () => {
        throw new Error("it cannot decide");
      });
      await failing.catch(() => {});
      expectEqual(await store.detections.get("d1"), detection, "the detection");
    },
  },
  {
    name: "reviews: of many at once none is lost, and each sees those before it",
    async run({ store, connect }) {
      const stores = [store, await connect()];
      await store.detections.record(recording);
      const seen: number[] = [];
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (stores[i % 2] ?? store).detections.review("d1", (current) => {
            seen[i] = current.reviews?.length ?? 0;
            return { review: { ...looked, note: `${i}` }, deliveries: [] };
          }),
        ),
      );
      const reviews = (await store.detections.get("d1"))?.reviews ?? [];
      expectEqual(new Set(reviews.map(({ note }) => note)).size, 20, "how many different ones");
      const order = [...seen].sort((one, other) => one - other);
      expectEqual(order, [...Array(20).keys()], "how many each saw before it");
    },
  },
  {
    name: "reviews: detections are listed by kind and by how bad they are",
    async run({ store }) {
      const run = sampleRun("1");
      for (const [id, more] of [
        ["a", { severity: "info" }],
        ["b", { severity: "high", kind: "new-behavior" }],
        ["c", { severity: "critical" }],
        ["d", { severity: "low", kind: "new-behavior" }],
      ] as const) {
        const one = sampleDetection(run, id, `${id}.example`, more);
        await store.detections.record({ ...recording, detection: one });
      }
      const listed = async (query: Parameters<typeof store.detections.list>[0]) =>
        (await store.detections.list(query)).items.map(({ id }) => id);
      expectEqual(await listed({ kind: "new-behavior" }), ["d", "b"], "those of a kind");
      expectEqual(await listed({ minimumSeverity: "high" }), ["c", "b"], "the bad ones");
      expectEqual(await listed({ minimumSeverity: "info" }), ["d", "c", "b", "a"], "all");
      const both = await listed({ minimumSeverity: "high", kind: "new-behavior", status: "new" });
      expectEqual(both, ["b"], "the bad ones of a kind and status");
    },
  },
];
