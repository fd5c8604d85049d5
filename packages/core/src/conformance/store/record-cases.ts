import { expectEqual, expectTrue } from "./expect.js";
import {
  learnHost,
  runOfJob,
  sampleDelivery,
  sampleDetection,
  sampleRun,
  sampleTime,
} from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

const run = sampleRun("1");
const end = { outcome: "success", finishedAt: sampleTime } as const;

export const recordCases: readonly StoreCase[] = [
  {
    name: "record: a detection that is new is recorded, with its deliveries",
    async run({ store }) {
      const detection = sampleDetection(run, "d1", "evil.example");
      const deliveries = ["chat", "mail"].map((notifier) => sampleDelivery(detection, notifier));
      const outcome = await store.detections.record({ detection, deliveries, baselineRevision: 0 });
      expectEqual(outcome, { outcome: "recorded", detection }, "the outcome");
      expectEqual(await store.detections.get("d1"), detection, "the detection");
      expectEqual(await store.deliveries.list("d1"), deliveries, "its deliveries");
    },
  },
  {
    name: "record: a detection that its job has is known: the first stays, the second leaves nothing",
    async run({ store }) {
      const first = sampleDetection(run, "d1", "evil.example");
      await store.detections.record({ detection: first, deliveries: [], baselineRevision: 0 });
      const second = sampleDetection(sampleRun("2"), "d2", "evil.example");
      const outcome = await store.detections.record({
        detection: second,
        deliveries: [sampleDelivery(second, "chat")],
        baselineRevision: 0,
      });
      expectEqual(outcome, { outcome: "known", detection: first }, "the outcome");
      expectEqual(await store.detections.get("d2"), undefined, "the second detection");
      expectEqual(await store.deliveries.list("d2"), [], "the second detection's deliveries");
      expectEqual(await store.deliveries.list("d1"), [], "the first detection's deliveries");
    },
  },
  {
    name: "record: another subject, or another job, is another detection",
    async run({ store }) {
      const detections = [
        sampleDetection(run, "d1", "evil.example"),
        sampleDetection(run, "d2", "worse.example"),
        sampleDetection(runOfJob("deploy", "1"), "d3", "evil.example"),
      ];
      for (const detection of detections) {
        const request = { detection, deliveries: [], baselineRevision: 0 };
        expectEqual((await store.detections.record(request)).outcome, "recorded", "the outcome");
      }
    },
  },
  {
    name: "record: another kind of one job and subject is another detection, each once",
    async run({ store }) {
      const first = sampleDetection(run, "d1", "evil.example");
      const blocked = sampleDetection(run, "d2", "evil.example", { kind: "blocked-call" });
      const again = sampleDetection(run, "d3", "evil.example", { kind: "blocked-call" });
      const outcomes: string[] = [];
      for (const detection of [first, blocked, again]) {
        const request = { detection, deliveries: [], baselineRevision: 0 };
        outcomes.push((await store.detections.record(request)).outcome);
      }
      expectEqual(outcomes, ["recorded", "recorded", "known"], "the outcomes");
    },
  },
  {
    name: "record: what was decided on an older baseline is stale and leaves nothing",
    async run({ store }) {
      await store.runs.start(run);
      await store.runs.finish(run.key, end, learnHost(run, "a.example"));
      const detection = sampleDetection(run, "d1", "evil.example");
      const deliveries = [sampleDelivery(detection, "chat")];
      const stale = await store.detections.record({ detection, deliveries, baselineRevision: 0 });
      expectEqual(stale, { outcome: "stale" }, "the outcome");
      expectEqual(await store.detections.get("d1"), undefined, "the detection");
      expectEqual(await store.detections.list(), { items: [] }, "the list");
      expectEqual(await store.deliveries.list("d1"), [], "its deliveries");
      const decidedAgain = { detection, deliveries, baselineRevision: 1 };
      const outcome = await store.detections.record(decidedAgain);
      expectEqual(
        outcome,
        { outcome: "recorded", detection },
        "the outcome on the newest baseline",
      );
    },
  },
  {
    name: "record: a detection that is there wins over a stale baseline",
    async run({ store }) {
      const detection = sampleDetection(run, "d1", "evil.example");
      await store.detections.record({ detection, deliveries: [], baselineRevision: 0 });
      await store.runs.start(run);
      await store.runs.finish(run.key, end, learnHost(run, "evil.example"));
      const again = sampleDetection(run, "d2", "evil.example");
      const request = { detection: again, deliveries: [], baselineRevision: 0 };
      const outcome = await store.detections.record(request);
      expectEqual(outcome, { outcome: "known", detection }, "the outcome");
    },
  },
  {
    name: "record: another job's baseline makes nothing stale",
    async run({ store }) {
      const other = runOfJob("deploy", "1");
      await store.runs.start(other);
      await store.runs.finish(other.key, end, learnHost(other, "a.example"));
      const detection = sampleDetection(run, "d1", "evil.example");
      const request = { detection, deliveries: [], baselineRevision: 0 };
      expectEqual((await store.detections.record(request)).outcome, "recorded", "the outcome");
    },
  },
  {
    name: "record: of 50 callers at once exactly one records, and only its deliveries exist",
    async run({ store, connect }) {
      const stores = [store, await connect()];
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, i) => {
          const detection = sampleDetection(sampleRun(`${i}`), `d${i}`, "evil.example");
          return (stores[i % 2] ?? store).detections.record({
            detection,
            deliveries: [sampleDelivery(detection, "chat")],
            baselineRevision: 0,
          });
        }),
      );
      const recorded = outcomes.flatMap((one) => (one.outcome === "recorded" ? [one] : []));
      expectEqual(recorded.length, 1, "how many callers recorded it");
      const winner = recorded[0]?.detection;
      for (const one of outcomes) {
        expectTrue(one.outcome !== "stale", "a caller was told stale, though no baseline moved");
        if (one.outcome === "known")
          expectEqual(one.detection, winner, "the detection that is known");
      }
      expectEqual((await store.detections.list()).items, [winner], "the detections");
      const claimed = await store.deliveries.claim({
        notifiers: ["chat"],
        owner: "o",
        now: sampleTime,
        leaseUntil: sampleTime + 1000,
        limit: 100,
      });
      expectEqual(
        claimed.map((one) => one.detectionId),
        [winner?.id],
        "the deliveries",
      );
    },
  },
  {
    name: "record: different detections recorded at once are all kept",
    async run({ store, connect }) {
      const stores = [store, await connect()];
      const outcomes = await Promise.all(
        Array.from({ length: 30 }, (_, i) =>
          (stores[i % 2] ?? store).detections.record({
            detection: sampleDetection(run, `d${i}`, `host-${i}.example`),
            deliveries: [],
            baselineRevision: 0,
          }),
        ),
      );
      const recorded = outcomes.filter(({ outcome }) => outcome === "recorded");
      expectEqual(recorded.length, 30, "how many were recorded");
      const { items } = await store.detections.list({ jobKey: run.jobKey });
      expectEqual(items.length, 30, "how many the list has");
    },
  },
  {
    name: "record: racing with the run that learns the endpoint, it is recorded or stale, never half of it",
    async run({ store, connect }) {
      const other = await connect();
      for (let i = 0; i < 10; i += 1) {
        const racing = runOfJob(`job-${i}`, "1");
        await store.runs.start(racing);
        const detection = sampleDetection(racing, `d${i}`, "evil.example");
        const deliveries = [sampleDelivery(detection, "chat")];
        const [recording] = await Promise.all([
          store.detections.record({ detection, deliveries, baselineRevision: 0 }),
          other.runs.finish(racing.key, end, learnHost(racing, "evil.example")),
        ]);
        const isStored = recording.outcome === "recorded";
        expectEqual((await store.detections.get(`d${i}`)) !== undefined, isStored, "is it stored");
        expectEqual(
          (await store.deliveries.list(`d${i}`)).length === 1,
          isStored,
          "is it delivered",
        );
      }
    },
  },
];
