import type { Suppression } from "../../suppression/suppression.js";
import { allPages } from "./all-pages.js";
import { expectEqual, expectRejection } from "./expect.js";
import { sampleDetection, sampleRun, sampleTime } from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

const sampleRule = (id: string, more: Partial<Suppression> = {}): Suppression => ({
  id,
  match: { host: `*.${id}.example` },
  reason: "our own mirror",
  createdBy: "ann",
  createdAt: sampleTime,
  history: [{ at: sampleTime, by: "ann", what: "Made." }],
  ...more,
});

export const suppressionCases: readonly StoreCase[] = [
  {
    name: "suppressions: rules are kept as they are, the last added first, and counted",
    async run({ store, connect }) {
      const { suppressions } = store;
      expectEqual(await suppressions.revision(), 0, "the revision at first");
      const rules = ["a", "b", "c", "d", "e"].map((id) => sampleRule(id));
      for (const rule of rules) await suppressions.add(rule);
      expectEqual(await suppressions.revision(), 5, "the revision");
      expectEqual(await suppressions.get("b"), rules[1], "a rule");
      expectEqual(await suppressions.get("nothing"), undefined, "an unknown one");
      const listed = await allPages((page) => suppressions.list(page), 2);
      expectEqual(listed, rules.toReversed(), "the rules");
      const other = await connect();
      expectEqual(await other.suppressions.revision(), 5, "the revision that others see");
      await expectRejection(suppressions.add(sampleRule("a")), "a taken id", "STORE_FAILED");
      expectEqual(await suppressions.revision(), 5, "the revision after that");
    },
  },
  {
    name: "suppressions: a change is made on the newest, and counted; one that throws is none",
    async run({ store }) {
      const { suppressions } = store;
      await suppressions.add(sampleRule("a"));
      const end = (rule: Suppression) => ({ ...rule, id: "other", endedAt: sampleTime });
      const ended = { ...sampleRule("a"), endedAt: sampleTime };
      expectEqual(await suppressions.change("a", end), ended, "the answer");
      expectEqual(await suppressions.get("a"), ended, "the rule");
      expectEqual(await suppressions.change("nothing", end), undefined, "that of an unknown one");
      expectEqual(await suppressions.revision(), 2, "the revision");
      const failing = suppressions.change("a", () => {
        throw new Error("it cannot be changed");
      });
      await failing.catch(() => {});
      expectEqual(await suppressions.revision(), 2, "the revision after one that threw");
    },
  },
  {
    name: "suppressions: those that are active leave out the ended and the expired",
    async run({ store }) {
      await store.suppressions.add(sampleRule("a"));
      await store.suppressions.add(sampleRule("b", { expiresAt: sampleTime + 10 }));
      await store.suppressions.add(sampleRule("c", { endedAt: sampleTime }));
      const activeAt = async (time: number) =>
        (await store.suppressions.list({ activeAt: time })).items.map(({ id }) => id);
      expectEqual(await activeAt(sampleTime + 9), ["b", "a"], "before it expires");
      expectEqual(await activeAt(sampleTime + 10), ["a"], "when it expires");
    },
  },
  {
    name: "suppressions: a detection that was decided on older rules is stale",
    async run({ store, connect }) {
      const other = await connect();
      const detection = sampleDetection(sampleRun("1"), "d1", "evil.example");
      const request = { detection, deliveries: [], baselineRevision: 0 };
      await other.suppressions.add(sampleRule("a"));
      const stale = await store.detections.record({ ...request, suppressionRevision: 0 });
      expectEqual(stale, { outcome: "stale" }, "the outcome by the rules before");
      expectEqual(await store.detections.get("d1"), undefined, "what is stored");
      const newest = await store.detections.record({ ...request, suppressionRevision: 1 });
      expectEqual(newest.outcome, "recorded", "the outcome by the newest rules");
      const again = await store.detections.record({ ...request, suppressionRevision: 0 });
      expectEqual(again.outcome, "known", "the outcome of one that is there");
    },
  },
];
