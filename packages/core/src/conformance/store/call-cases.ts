import { allPages } from "./all-pages.js";
import { expectEqual, expectTrue } from "./expect.js";
import { sampleCall, sampleRun, sampleTime } from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

const run = sampleRun("1");
const otherRun = sampleRun("2");

export const callCases: readonly StoreCase[] = [
  {
    name: "calls: gives back a run's calls as they were, earliest first",
    async run({ store }) {
      const late = sampleCall(run, "late", { time: sampleTime + 2 });
      const early = sampleCall(run, "early", { time: sampleTime + 0.5 });
      const middle = sampleCall(run, "middle", { time: sampleTime + 0.75, bytesOut: 10 });
      await store.calls.put([late, early]);
      await store.calls.put([middle]);
      await store.calls.put([]);
      expectEqual((await store.calls.list(run.key)).items, [early, middle, late], "the calls");
      expectEqual(await store.calls.list(otherRun.key), { items: [] }, "another run's calls");
    },
  },
  {
    name: "calls: a call put again takes the place of the one with the same run and id",
    async run({ store }) {
      const ofOther = sampleCall(otherRun, "a");
      await store.calls.put([sampleCall(run, "a"), sampleCall(run, "b"), ofOther]);
      const changed = sampleCall(run, "a", { time: sampleTime + 5, result: "refused" });
      await store.calls.put([sampleCall(run, "a", { result: "failed" }), changed]);
      const { items } = await store.calls.list(run.key);
      expectEqual(items, [sampleCall(run, "b"), changed], "the calls");
      expectEqual((await store.calls.list(otherRun.key)).items, [ofOther], "another run's calls");
    },
  },
  {
    name: "calls: lists the anomalous and the blocked ones alone, by their newest verdict",
    async run({ store }) {
      const undecided = sampleCall(run, "a", { verdict: "undecided" });
      const known = sampleCall(run, "b", { verdict: "known" });
      const anomalous = sampleCall(run, "c", { verdict: "anomalous", detectionId: "d1" });
      const blocked = sampleCall(run, "d", { verdict: "blocked", detectionId: "d2" });
      await store.calls.put([undecided, known, anomalous, blocked]);
      const decided = { ...undecided, verdict: "anomalous" } as const;
      await store.calls.put([decided, { ...anomalous, verdict: "known" }]);
      const { items } = await store.calls.list(run.key, { anomalousOnly: true });
      expectEqual(items, [decided, blocked], "the anomalous and blocked calls");
    },
  },
  {
    name: "calls: pages have no gaps and no repeats, though calls are made at the same time",
    async run({ store }) {
      const calls = Array.from({ length: 23 }, (_, i) =>
        sampleCall(run, `call-${i}`, {
          time: sampleTime + Math.floor(i / 10),
          verdict: i % 2 === 0 ? "known" : "anomalous",
        }),
      );
      await store.calls.put(calls);
      const idsOf = async (anomalousOnly: boolean) => {
        const list = (page: object) => store.calls.list(run.key, { ...page, anomalousOnly });
        return (await allPages(list, 4)).map((call) => call.id).sort();
      };
      const ids = calls.map((call) => call.id).sort();
      expectEqual(await idsOf(false), ids, "the calls of all pages");
      const anomalous = calls.filter((call) => call.verdict === "anomalous");
      expectEqual(await idsOf(true), anomalous.map((call) => call.id).sort(), "the anomalous ones");
    },
  },
  {
    name: "lists: a page has 50 items where nothing is said, and never more than 1000",
    async run({ store }) {
      const calls = Array.from({ length: 1001 }, (_, i) => sampleCall(run, `call-${i}`));
      await store.calls.put(calls);
      const usual = await store.calls.list(run.key);
      expectEqual(usual.items.length, 50, "how many items a page has");
      const largest = await store.calls.list(run.key, { limit: 5000 });
      expectEqual(largest.items.length, 1000, "how many items the largest page has");
      const rest = await store.calls.list(run.key, { limit: 5000, cursor: largest.next ?? "" });
      expectEqual(rest.items.length, 1, "how many items are left for the last page");
      expectTrue(rest.next === undefined, "the last page says that there are more");
    },
  },
  {
    name: "lists: a cursor that is none is refused or ignored, and breaks nothing",
    async run({ store }) {
      await store.runs.start(run);
      await store.calls.put([sampleCall(run, "a")]);
      for (const cursor of [
        "",
        "nonsense",
        "[]",
        "{}",
        "null",
        "[1e999,7]",
        "' OR 1=1 --",
        "%00",
      ]) {
        await store.calls.list(run.key, { cursor }).catch(() => undefined);
        await store.runs.list({ cursor }).catch(() => undefined);
        await store.detections.list({ cursor }).catch(() => undefined);
      }
      expectEqual((await store.calls.list(run.key)).items, [sampleCall(run, "a")], "the calls");
    },
  },
];
