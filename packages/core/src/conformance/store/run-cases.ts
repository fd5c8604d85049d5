import { allPages } from "./all-pages.js";
import { expectEqual } from "./expect.js";
import { runOfJob, sampleRun, sampleTime } from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

export const runCases: readonly StoreCase[] = [
  {
    name: "runs: starts a run and gives it back",
    async run({ store }) {
      const run = sampleRun("1");
      expectEqual(await store.runs.start(run), run, "the answer of start");
      expectEqual(await store.runs.get(run.key), run, "the run");
    },
  },
  {
    name: "runs: knows nothing of a run that was never started",
    async run({ store }) {
      expectEqual(await store.runs.get(sampleRun("1").key), undefined, "the run");
      expectEqual(await store.runs.list(), { items: [] }, "the list");
    },
  },
  {
    name: "runs: starting a run again changes nothing and returns the one that is there",
    async run({ store }) {
      const first = sampleRun("1", { commit: "first" });
      await store.runs.start(first);
      const answer = await store.runs.start(sampleRun("1", { commit: "second" }));
      expectEqual(answer, first, "the answer of the second start");
      expectEqual(await store.runs.get(first.key), first, "the run");
    },
  },
  {
    name: "runs: of many callers that start one run at once, all get the same",
    async run({ store, connect }) {
      const stores = [store, await connect()];
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (stores[i % 2] ?? store).runs.start(sampleRun("1", { commit: `commit-${i}` })),
        ),
      );
      const commits = new Set(answers.map((run) => run.commit));
      expectEqual(commits.size, 1, "how many different runs were returned");
    },
  },
  {
    name: "runs: keeps its own copy of what it is given and gives out",
    async run({ store }) {
      const given = sampleRun("1");
      const returned = await store.runs.start(given);
      given.counts.events = 666;
      returned.coverage.reasons.push("changed by the caller");
      expectEqual(await store.runs.get(given.key), sampleRun("1"), "the run");
    },
  },
  {
    name: "runs: update overwrites the named fields and leaves the others",
    async run({ store }) {
      const run = sampleRun("1", { actor: "alice" });
      await store.runs.start(run);
      const counts = { events: 5, processes: 4, calls: 3, anomalousCalls: 2 };
      await store.runs.update(run.key, { counts, commit: "new", actor: undefined, ref: undefined });
      expectEqual(await store.runs.get(run.key), { ...run, counts, commit: "new" }, "the run");
    },
  },
  {
    name: "runs: update ignores a run that is not there",
    async run({ store }) {
      const { key } = sampleRun("1");
      await store.runs.update(key, { commit: "x" });
      expectEqual(await store.runs.get(key), undefined, "the run");
    },
  },
  {
    name: "runs: updates of different fields at once are all kept",
    async run({ store, connect }) {
      const other = await connect();
      const run = sampleRun("1");
      await store.runs.start(run);
      await Promise.all([
        store.runs.update(run.key, { commit: "c" }),
        other.runs.update(run.key, { ref: "refs/heads/main" }),
        store.runs.update(run.key, { actor: "alice" }),
        other.runs.update(run.key, { runner: "runner-7" }),
      ]);
      const all = { commit: "c", ref: "refs/heads/main", actor: "alice", runner: "runner-7" };
      expectEqual(await store.runs.get(run.key), { ...run, ...all }, "the run");
    },
  },
  {
    name: "runs: lists the last started first",
    async run({ store }) {
      for (const [id, minutes] of [
        ["b", 2],
        ["a", 1],
        ["d", 4],
        ["c", 3],
      ] as const) {
        await store.runs.start(sampleRun(id, { startedAt: sampleTime + minutes * 60_000 }));
      }
      const { items } = await store.runs.list();
      expectEqual(
        items.map((run) => run.runId),
        ["d", "c", "b", "a"],
        "the runs",
      );
    },
  },
  {
    name: "runs: lists those of one job, and those that have not ended",
    async run({ store }) {
      const [ended, running, other] = [sampleRun("1"), sampleRun("2"), runOfJob("deploy", "3")];
      for (const run of [ended, running, other]) await store.runs.start(run);
      await store.runs.finish(ended.key, { outcome: "success", finishedAt: sampleTime });
      const idsOf = async (query: Parameters<typeof store.runs.list>[0]) =>
        (await store.runs.list(query)).items.map((run) => run.runId).sort();
      expectEqual(await idsOf({ jobKey: ended.jobKey }), ["1", "2"], "the job's runs");
      expectEqual(await idsOf({ unfinishedOnly: true }), ["2", "3"], "the runs that run");
      expectEqual(
        await idsOf({ jobKey: ended.jobKey, unfinishedOnly: true }),
        ["2"],
        "the job's runs that run",
      );
    },
  },
  {
    name: "runs: pages have no gaps and no repeats, though runs start at the same time",
    async run({ store }) {
      const ids = Array.from({ length: 11 }, (_, i) => `run-${i}`);
      for (const [i, id] of ids.entries()) {
        await store.runs.start(sampleRun(id, { startedAt: sampleTime + Math.floor(i / 4) }));
      }
      const runs = await allPages((page) => store.runs.list(page), 3);
      expectEqual(runs.map((run) => run.runId).sort(), ids.sort(), "the runs of all pages");
      const times = runs.map((run) => run.startedAt);
      expectEqual(
        times,
        times.toSorted((a, b) => b - a),
        "the order of the runs",
      );
      const ofJob = (page: object) => store.runs.list({ ...page, jobKey: sampleRun("1").jobKey });
      expectEqual((await allPages(ofJob, 4)).length, 11, "how many runs the job has");
    },
  },
];
