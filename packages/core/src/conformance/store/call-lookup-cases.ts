import { allPages } from "./all-pages.js";
import { expectEqual } from "./expect.js";
import { sampleCall, sampleRun, sampleTime } from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

const run = sampleRun("1");
const other = sampleRun("2");

export const callLookupCases: readonly StoreCase[] = [
  {
    name: "calls: gives one call by its id, as it is now",
    async run({ store }) {
      await store.calls.put([sampleCall(run, "a"), sampleCall(other, "b")]);
      const changed = sampleCall(run, "a", { result: "refused" });
      await store.calls.put([changed]);
      expectEqual(await store.calls.get(run.key, "a"), changed, "the call");
      expectEqual(await store.calls.get(run.key, "b"), undefined, "a call of another run");
    },
  },
  {
    name: "calls: lists those of one process alone, page by page",
    async run({ store }) {
      const calls = Array.from({ length: 7 }, (_, i) =>
        sampleCall(run, `call-${i}`, { processId: i % 2 === 0 ? "p1" : "p2" }),
      );
      await store.calls.put([...calls, sampleCall(other, "c", { processId: "p2" })]);
      const ofSecond = await allPages(
        (page) => store.calls.list(run.key, { ...page, processId: "p2" }),
        2,
      );
      expectEqual(
        ofSecond.map(({ id }) => id),
        ["call-1", "call-3", "call-5"],
        "the process's calls",
      );
    },
  },
  {
    name: "calls: lists those of a span of time",
    async run({ store }) {
      const at = (id: string, ms: number) => sampleCall(run, id, { time: sampleTime + ms });
      await store.calls.put([at("a", 0), at("b", 1.5), at("c", 2), at("d", 3)]);
      const { items } = await store.calls.list(run.key, {
        from: sampleTime + 1.5,
        before: sampleTime + 3,
      });
      expectEqual(
        items.map(({ id }) => id),
        ["b", "c"],
        "the calls",
      );
    },
  },
  {
    name: "calls: searches endpoint, address, command, step and requests, whatever the case",
    async run({ store }) {
      const call = sampleCall(run, "a", {
        endpoint: { host: "api.example.com", port: 8443 },
        ip: "203.0.113.7",
        commandLine: "curl -T Secrets.txt",
        step: { id: "__run_2", name: "Übergabe %_" },
        http: [{ time: sampleTime, method: "PUT", host: "api.example.com", path: "/Upload" }],
        verdict: "anomalous",
      });
      await store.calls.put([call, sampleCall(run, "b")]);
      const found = async (search: string) =>
        (await store.calls.list(run.key, { search })).items.map(({ id }) => id);
      for (const search of [
        "API.example.com:8443",
        "203.0.113.7",
        "secrets.TXT",
        "übergabe %_",
        "put api.example.com/upload",
        "anomalous",
      ]) {
        expectEqual(await found(search), ["a"], `calls that hold ${search}`);
      }
      expectEqual(await found(""), ["a", "b"], "calls that hold nothing");
      expectEqual(await found("%"), ["a"], "calls that hold a percent sign");
      expectEqual(await found("' OR 1=1 --"), [], "calls that hold hostile text");
      const both = await store.calls.list(run.key, { search: "example", anomalousOnly: true });
      expectEqual(
        both.items.map(({ id }) => id),
        ["a"],
        "anomalous calls that hold a text",
      );
    },
  },
  {
    name: "calls: counts them over time, by step, what lies outside in the first and last part",
    async run({ store }) {
      const at = (id: string, ms: number, more: object = {}) =>
        sampleCall(run, id, { time: sampleTime + ms, ...more });
      const step = { id: "__run_2" };
      await store.calls.put([
        at("before", -500),
        at("first", 0.5),
        at("second", 25, { step }),
        at("third", 26, { step, verdict: "blocked" }),
        at("last", 100),
        at("after", 5_000),
        sampleCall(other, "elsewhere"),
      ]);
      const query = { from: sampleTime, to: sampleTime + 100, parts: 4 };
      const counted = await store.calls.density(run.key, query);
      expectEqual(
        counted,
        [
          { part: 0, calls: 2, anomalous: 0 },
          { part: 1, stepId: "__run_2", calls: 2, anomalous: 1 },
          { part: 3, calls: 2, anomalous: 0 },
        ],
        "the counts",
      );
      const moment = { from: sampleTime, to: sampleTime, parts: 1 };
      const [all] = await store.calls.density(other.key, moment);
      expectEqual(all, { part: 0, calls: 1, anomalous: 0 }, "the counts of a moment");
    },
  },
];
