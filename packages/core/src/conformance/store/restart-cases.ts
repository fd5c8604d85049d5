import type { Baseline } from "../../baseline/baseline.js";
import { expectDefined, expectEqual } from "./expect.js";
import {
  learnHost,
  runOfJob,
  sampleCall,
  sampleDelivery,
  sampleDetection,
  sampleEvent,
  sampleRun,
  sampleTime,
} from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

const run = sampleRun("1");
const running = sampleRun("2");
const detection = sampleDetection(run, "d1", "evil.example");
const chat = sampleDelivery(detection, "chat");
const end = { outcome: "success", finishedAt: sampleTime } as const;

export const restartCases: readonly StoreCase[] = [
  {
    name: "restart: everything is still there",
    async run({ store, connect }) {
      await store.runs.start(run);
      await store.runs.start(running);
      await store.events.append(run.key, [sampleEvent("a"), sampleEvent("b")]);
      await store.calls.put([sampleCall(run, "call")]);
      await store.detections.record({ detection, deliveries: [chat], baselineRevision: 0 });
      await store.runs.finish(run.key, end, learnHost(run, "evil.example"));
      const baseline = await store.baselines.get(run.jobKey);
      await store.close();

      const reopened = await connect();
      expectEqual(await reopened.runs.get(run.key), { ...run, ...end }, "the run");
      const open = await reopened.runs.list({ unfinishedOnly: true });
      expectEqual(open.items, [running], "the run that had not ended");
      expectEqual((await reopened.events.read(run.key, 0, 10)).length, 2, "how many events");
      expectEqual(
        (await reopened.calls.list(run.key)).items,
        [sampleCall(run, "call")],
        "the calls",
      );
      expectDefined(baseline, "the baseline before the restart");
      expectEqual(await reopened.baselines.get(run.jobKey), baseline, "the baseline");
      expectEqual((await reopened.detections.list()).items, [detection], "the detections");
      expectEqual(await reopened.deliveries.list("d1"), [chat], "the deliveries");
    },
  },
  {
    name: "restart: what was told once is not told again",
    async run({ store, connect }) {
      await store.detections.record({ detection, deliveries: [chat], baselineRevision: 0 });
      await store.close();
      const reopened = await connect();
      const again = sampleDetection(running, "d2", "evil.example");
      const request = { detection: again, deliveries: [], baselineRevision: 0 };
      const outcome = await reopened.detections.record(request);
      expectEqual(outcome, { outcome: "known", detection }, "the outcome");
    },
  },
  {
    name: "restart: who calls what is still known, and follows further changes",
    async run({ store, connect }) {
      const learnTwice = (before: Baseline | undefined) => {
        const learned = learnHost(run, "a.example")(before);
        for (const endpoint of Object.values(learned.endpoints)) endpoint.runs = 2;
        return learned;
      };
      await store.baselines.change(run.jobKey, learnTwice);
      await store.close();
      const reopened = await connect();
      const asked = { jobKey: runOfJob("deploy", "1").jobKey, host: "a.example" };
      const known = await reopened.baselines.callers(asked);
      expectEqual(known.host, { jobs: 1, repositories: 0, since: sampleTime }, "the callers");
      await reopened.baselines.change(run.jobKey, () => ({
        ...learnTwice(undefined),
        endpoints: {},
      }));
      const { host } = await reopened.baselines.callers(asked);
      expectEqual(host, { jobs: 0, repositories: 0 }, "the callers once it is forgotten");
    },
  },
  {
    name: "restart: a run that ended stays ended, and its events stay known",
    async run({ store, connect }) {
      await store.runs.start(run);
      await store.events.append(run.key, [sampleEvent("a")]);
      await store.runs.finish(run.key, end, learnHost(run, "a.example"));
      await store.close();
      const reopened = await connect();
      const finished = await reopened.runs.finish(run.key, end, learnHost(run, "b.example"));
      expectEqual(finished, false, "the answer of finish");
      expectEqual(await reopened.baselines.revision(run.jobKey), 1, "the revision");
      const numbers = await reopened.events.append(run.key, [sampleEvent("a"), sampleEvent("b")]);
      expectEqual(
        numbers.map((number) => number ?? "left out"),
        ["left out", 2],
        "the numbers",
      );
    },
  },
  {
    name: "restart: a lease outlives its owner, until it ends",
    async run({ store, connect }) {
      await store.detections.record({ detection, deliveries: [chat], baselineRevision: 0 });
      const leaseUntil = sampleTime + 1_000;
      const claim = { notifiers: ["chat"], now: sampleTime, leaseUntil, limit: 10 };
      await store.deliveries.claim({ ...claim, owner: "crashed" });
      await store.close();
      const reopened = await connect();
      const early = await reopened.deliveries.claim({ ...claim, owner: "next" });
      expectEqual(early, [], "what is claimed during the lease");
      const now = leaseUntil + 1;
      const late = { ...claim, owner: "next", now, leaseUntil: now + 1_000 };
      const [claimed] = await reopened.deliveries.claim(late);
      expectEqual(claimed, { ...chat, attempts: 2 }, "what is claimed after it");
    },
  },
  {
    name: "restart: a second connection sees at once what the first wrote",
    async run({ store, connect }) {
      const other = await connect();
      await store.runs.start(run);
      expectEqual(await other.runs.get(run.key), run, "the run");
      await other.runs.finish(run.key, end, learnHost(run, "a.example"));
      expectEqual(await store.baselines.revision(run.jobKey), 1, "the revision");
      await store.events.append(run.key, [sampleEvent("a")]);
      expectEqual(await other.events.append(run.key, [sampleEvent("b")]), [2], "the number");
    },
  },
];
