import type { Baseline } from "../../baseline/baseline.js";
import { allPages } from "./all-pages.js";
import { expectEqual, expectRejection } from "./expect.js";
import { learnHost, runOfJob, sampleDetection, sampleRun, sampleTime } from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

const run = sampleRun("1");
const end = { outcome: "success", finishedAt: sampleTime } as const;

const hostsOf = (baseline: Baseline | undefined) => Object.keys(baseline?.endpoints ?? {}).sort();

export const changeCases: readonly StoreCase[] = [
  {
    name: "change: stores what it makes of no baseline as revision 1, and answers with it",
    async run({ store }) {
      let given: unknown = "change was not called";
      const answer = await store.baselines.change(run.jobKey, (before) => {
        given = before;
        return learnHost(run, "a.example")(before);
      });
      expectEqual(given, undefined, "what it was given");
      const expected = { ...learnHost(run, "a.example")(undefined), revision: 1 };
      expectEqual(answer, expected, "the answer");
      expectEqual(await store.baselines.get(run.jobKey), expected, "the baseline");
      expectEqual(await store.baselines.revision(run.jobKey), 1, "the revision");
    },
  },
  {
    name: "change: is given what a run taught, and the next run what it made of it",
    async run({ store }) {
      const next = sampleRun("2");
      for (const one of [run, next]) await store.runs.start(one);
      await store.runs.finish(run.key, end, learnHost(run, "a.example"));
      await store.baselines.change(run.jobKey, learnHost(run, "b.example"));
      await store.runs.finish(next.key, end, learnHost(next, "c.example"));
      const baseline = await store.baselines.get(run.jobKey);
      const hosts = ["a.example:443", "b.example:443", "c.example:443"];
      expectEqual(hostsOf(baseline), hosts, "the endpoints");
      expectEqual(baseline?.revision, 3, "the revision");
    },
  },
  {
    name: "change: makes stale what was decided on the baseline before",
    async run({ store }) {
      await store.baselines.change(run.jobKey, learnHost(run, "a.example"));
      await store.baselines.change(run.jobKey, learnHost(run, "b.example"));
      const record = (id: string, host: string, baselineRevision: number) => {
        const detection = sampleDetection(run, id, host);
        return store.detections.record({ detection, deliveries: [], baselineRevision });
      };
      expectEqual(await record("d1", "evil.example", 1), { outcome: "stale" }, "the outcome");
      expectEqual((await record("d2", "evil.example", 2)).outcome, "recorded", "the outcome of 2");
    },
  },
  {
    name: "change: changes of one baseline at once, and runs that end meanwhile, all take effect",
    async run({ store, connect }) {
      const stores = [store, await connect()];
      const runs = Array.from({ length: 10 }, (_, i) => sampleRun(`${i}`));
      for (const one of runs) await store.runs.start(one);
      await Promise.all(
        runs.flatMap((one, i) => {
          const { baselines, runs } = stores[i % 2] ?? store;
          return [
            baselines.change(one.jobKey, learnHost(one, `changed-${i}.example`)),
            runs.finish(one.key, end, learnHost(one, `learned-${i}.example`)),
          ];
        }),
      );
      const baseline = await store.baselines.get(run.jobKey);
      expectEqual(hostsOf(baseline).length, 20, "how many endpoints it holds");
      expectEqual(baseline?.revision, 20, "the revision");
    },
  },
  {
    name: "change: one that throws rejects, and leaves the baseline as it was",
    async run({ store }) {
      await store.baselines.change(run.jobKey, learnHost(run, "a.example"));
      const stored = await store.baselines.get(run.jobKey);
      const failing = store.baselines.change(run.jobKey, () => {
        throw new Error("cannot change");
      });
      await expectRejection(failing, "a change that throws");
      expectEqual(await store.baselines.get(run.jobKey), stored, "the baseline");
    },
  },
  {
    name: "change: keeps its own copy of what it is given and gives out",
    async run({ store }) {
      const given = learnHost(run, "a.example")(undefined);
      const answer = await store.baselines.change(run.jobKey, () => given);
      given.runs = 666;
      answer.endpoints = {};
      const expected = { ...learnHost(run, "a.example")(undefined), revision: 1 };
      expectEqual(await store.baselines.get(run.jobKey), expected, "the baseline");
    },
  },
  {
    name: "baselines: lists the jobs that have one, each once, in pages without gaps",
    async run({ store }) {
      expectEqual(await store.baselines.list(), { items: [] }, "the list of an empty store");
      await store.runs.start(sampleRun("1", { jobKey: "local:no:baseline:yet" }));
      const names = Array.from({ length: 10 }, (_, i) => `job-${i}`);
      const jobs = [...names, "nul\u0000", "lone \ud800", '"quoted" \\', "\u{1f480}"];
      const keys = jobs.map((job) => runOfJob(job, "1").jobKey);
      for (const key of keys) {
        await store.baselines.change(key, learnHost(run, "a.example"));
        await store.baselines.change(key, learnHost(run, "b.example"));
      }
      const listed = await allPages((page) => store.baselines.list(page), 3);
      expectEqual(listed.sort(), keys.sort(), "the keys");
    },
  },
];
