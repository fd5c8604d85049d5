import { expectRejection } from "./expect.js";
import { learnHost, sampleDetection, sampleEvent, sampleRun, sampleTime } from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

export const closeCases: readonly StoreCase[] = [
  {
    name: "close: every method rejects with CLOSED afterwards",
    async run({ store }) {
      await store.close();
      const run = sampleRun("1");
      const detection = sampleDetection(run, "d1", "evil.example");
      const lease = {
        notifiers: ["chat"],
        owner: "o",
        now: sampleTime,
        leaseUntil: sampleTime + 1,
      };
      const end = { outcome: "success", finishedAt: sampleTime } as const;
      const calls: Record<string, () => Promise<unknown>> = {
        "runs.start": () => store.runs.start(run),
        "runs.update": () => store.runs.update(run.key, { commit: "c" }),
        "runs.finish": () => store.runs.finish(run.key, end),
        "runs.get": () => store.runs.get(run.key),
        "runs.list": () => store.runs.list(),
        "events.append": () => store.events.append(run.key, [sampleEvent("a")]),
        "events.read": () => store.events.read(run.key, 0, 1),
        "calls.put": () => store.calls.put([]),
        "calls.list": () => store.calls.list(run.key),
        "baselines.get": () => store.baselines.get(run.jobKey),
        "baselines.revision": () => store.baselines.revision(run.jobKey),
        "baselines.change": () => store.baselines.change(run.jobKey, learnHost(run, "a.example")),
        "baselines.callers": () =>
          store.baselines.callers({ jobKey: run.jobKey, host: "a.example" }),
        "baselines.list": () => store.baselines.list(),
        "detections.record": () =>
          store.detections.record({ detection, deliveries: [], baselineRevision: 0 }),
        "detections.review": () => store.detections.review("d1", () => undefined),
        "detections.get": () => store.detections.get("d1"),
        "detections.list": () => store.detections.list(),
        "deliveries.claim": () => store.deliveries.claim({ ...lease, limit: 1 }),
        "deliveries.delivered": () => store.deliveries.delivered(["d1:chat"], "o", sampleTime),
        "deliveries.failed": () => store.deliveries.failed(["d1:chat"], "o", { error: "no" }),
        "deliveries.release": () => store.deliveries.release(["d1:chat"], "o"),
        "deliveries.hasten": () => store.deliveries.hasten("run:1", sampleTime),
        "deliveries.revive": () => store.deliveries.revive("d1:chat", sampleTime),
        "deliveries.newest": () => store.deliveries.newest("chat", "run:1"),
        "deliveries.list": () => store.deliveries.list("d1"),
        "deliveries.find": () => store.deliveries.find(),
        "deliveries.counts": () => store.deliveries.counts(),
        "suppressions.revision": () => store.suppressions.revision(),
        "suppressions.change": () => store.suppressions.change("a", (rule) => rule),
        "suppressions.get": () => store.suppressions.get("a"),
        "suppressions.list": () => store.suppressions.list(),
        "settings.get": () => store.settings.get("pace"),
        "settings.change": () => store.settings.change("pace", () => "daily"),
      };
      for (const [name, call] of Object.entries(calls)) {
        await expectRejection(call(), `${name} after close`, "CLOSED");
      }
    },
  },
  {
    name: "close: finishes what is under way, and closing again is harmless",
    async run({ store }) {
      const run = sampleRun("1");
      const detection = sampleDetection(run, "d1", "evil.example");
      await Promise.all([
        store.runs.start(run),
        store.events.append(run.key, [sampleEvent("a")]),
        store.detections.record({ detection, deliveries: [], baselineRevision: 0 }),
        store.close(),
      ]);
      await store.close();
    },
  },
];
