import { expectEqual, expectRejection } from "./expect.js";
import { learnHost, runOfJob, sampleRun, sampleTime } from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

const end = { outcome: "success", finishedAt: sampleTime + 60_000 } as const;

export const finishCases: readonly StoreCase[] = [
  {
    name: "finish: ends a run",
    async run({ store }) {
      const run = sampleRun("1");
      await store.runs.start(run);
      expectEqual(await store.runs.finish(run.key, end), true, "the answer of finish");
      expectEqual(await store.runs.get(run.key), { ...run, ...end }, "the run");
    },
  },
  {
    name: "finish: without anything to learn leaves the job without a baseline",
    async run({ store }) {
      const run = sampleRun("1");
      await store.runs.start(run);
      await store.runs.finish(run.key, end);
      expectEqual(await store.baselines.get(run.jobKey), undefined, "the baseline");
      expectEqual(await store.baselines.revision(run.jobKey), 0, "the revision");
    },
  },
  {
    name: "finish: a job's first run is given no baseline and makes revision 1",
    async run({ store }) {
      const run = sampleRun("1");
      await store.runs.start(run);
      let given: unknown = "learn was not called";
      await store.runs.finish(run.key, end, (before) => {
        given = before;
        return learnHost(run, "a.example")(before);
      });
      expectEqual(given, undefined, "what learn was given");
      const expected = { ...learnHost(run, "a.example")(undefined), revision: 1 };
      expectEqual(await store.baselines.get(run.jobKey), expected, "the baseline");
      expectEqual(await store.baselines.revision(run.jobKey), 1, "the revision");
    },
  },
  {
    name: "finish: the next run is given the stored baseline, and the revision counts up",
    async run({ store }) {
      for (const [index, host] of ["a.example", "b.example", "c.example"].entries()) {
        const run = sampleRun(host);
        await store.runs.start(run);
        const stored = await store.baselines.get(run.jobKey);
        await store.runs.finish(run.key, end, (before) => {
          expectEqual(before, stored, "what learn was given");
          return learnHost(run, host)(before);
        });
        expectEqual(await store.baselines.revision(run.jobKey), index + 1, "the revision");
      }
      const baseline = await store.baselines.get(sampleRun("1").jobKey);
      const expected = ["a.example:443", "b.example:443", "c.example:443"];
      expectEqual(Object.keys(baseline?.endpoints ?? {}).sort(), expected, "the endpoints");
    },
  },
  {
    name: "finish: finishing again answers false and changes nothing",
    async run({ store }) {
      const run = sampleRun("1");
      await store.runs.start(run);
      await store.runs.finish(run.key, end, learnHost(run, "a.example"));
      const learned = await store.baselines.get(run.jobKey);
      const again = { outcome: "failure", finishedAt: sampleTime + 120_000 } as const;
      const answer = await store.runs.finish(run.key, again, learnHost(run, "b.example"));
      expectEqual(answer, false, "the second answer of finish");
      expectEqual(await store.runs.get(run.key), { ...run, ...end }, "the run");
      expectEqual(await store.baselines.get(run.jobKey), learned, "the baseline");
    },
  },
  {
    name: "finish: of many callers that finish one run at once, the first alone gets true and teaches",
    async run({ store, connect }) {
      const stores = [store, await connect()];
      const run = sampleRun("1");
      await store.runs.start(run);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (stores[i % 2] ?? store).runs.finish(run.key, end, learnHost(run, `h${i}.example`)),
        ),
      );
      expectEqual(answers.filter(Boolean).length, 1, "how many callers got true");
      const baseline = await store.baselines.get(run.jobKey);
      expectEqual(baseline?.revision, 1, "the revision");
      const winner = `h${answers.indexOf(true)}.example:443`;
      expectEqual(Object.keys(baseline?.endpoints ?? {}), [winner], "the endpoints");
    },
  },
  {
    name: "finish: runs of one job that finish at once are all learned",
    async run({ store, connect }) {
      const stores = [store, await connect()];
      const runs = Array.from({ length: 20 }, (_, i) => sampleRun(`${i}`));
      for (const run of runs) await store.runs.start(run);
      const answers = await Promise.all(
        runs.map((run, i) =>
          (stores[i % 2] ?? store).runs.finish(run.key, end, learnHost(run, `h${i}.example`)),
        ),
      );
      expectEqual(answers.filter(Boolean).length, 20, "how many callers got true");
      const baseline = await store.baselines.get(sampleRun("1").jobKey);
      expectEqual(baseline?.revision, 20, "the revision");
      expectEqual(baseline?.runs, 20, "how many runs were learned");
      expectEqual(Object.keys(baseline?.endpoints ?? {}).length, 20, "how many endpoints it holds");
    },
  },
  {
    name: "finish: a learn that throws rejects, leaves the run open and the baseline as it was",
    async run({ store }) {
      const [first, second] = [sampleRun("1"), sampleRun("2")];
      for (const run of [first, second]) await store.runs.start(run);
      await store.runs.finish(first.key, end, learnHost(first, "a.example"));
      const learned = await store.baselines.get(first.jobKey);
      const failing = store.runs.finish(second.key, end, () => {
        throw new Error("cannot learn");
      });
      await expectRejection(failing, "finish with a learn that throws");
      expectEqual(await store.runs.get(second.key), second, "the run");
      expectEqual(await store.baselines.get(first.jobKey), learned, "the baseline");
      const retried = await store.runs.finish(second.key, end, learnHost(second, "b.example"));
      expectEqual(retried, true, "the answer once it can learn");
    },
  },
  {
    name: "finish: teaches its own job only",
    async run({ store }) {
      const [build, deploy] = [runOfJob("build", "1"), runOfJob("deploy", "1")];
      for (const run of [build, deploy]) await store.runs.start(run);
      await store.runs.finish(build.key, end, learnHost(build, "a.example"));
      expectEqual(await store.baselines.get(deploy.jobKey), undefined, "the other job's baseline");
      expectEqual(await store.baselines.revision(deploy.jobKey), 0, "the other job's revision");
      expectEqual(await store.runs.get(deploy.key), deploy, "the other job's run");
    },
  },
];
