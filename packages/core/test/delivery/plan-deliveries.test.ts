import { describe, expect, it } from "vitest";
import { sampleDetection, sampleRun } from "../../src/conformance/store/sample-data.js";
import { planDeliveries } from "../../src/delivery/plan-deliveries.js";
import type { Detection } from "../../src/detection/detection.js";
import { memoryStore } from "../../src/memory-store/memory-store.js";
import {
  changedSettings,
  defaultNotificationSettings,
  type NotificationSettingsChange,
} from "../../src/settings/notification-settings.js";

const names = ["chat", "mail"];
const morning = Date.UTC(2026, 0, 31, 6, 30);
const minute = 60_000;

function planner(change: NotificationSettingsChange) {
  const store = memoryStore();
  const settings = changedSettings(defaultNotificationSettings("low"), change, names);
  let made = 0;
  /** Plans a detection and records it. */
  return async (more: Partial<Detection> = {}, job = "build") => {
    made += 1;
    const run = sampleRun("1", { job: { ...sampleRun("1").job, job } });
    const detection = sampleDetection(run, `d${made}`, "a.example", {
      recordedAt: morning,
      subject: `${made}`,
      ...more,
    });
    const deliveries = await planDeliveries(detection, settings, names, store);
    await store.detections.record({ detection, deliveries, baselineRevision: 0 });
    return deliveries;
  };
}

const tellers = async (plan: ReturnType<typeof planner>, more?: Partial<Detection>) =>
  (await plan(more)).map(({ notifier }) => notifier);

describe("what is told", () => {
  it("is told by every notifier where no route says otherwise, from the least severity on", async () => {
    const plan = planner({ minimumSeverity: "medium" });
    expect(await tellers(plan, { severity: "medium" })).toEqual(names);
    expect(await tellers(plan, { severity: "low" })).toEqual([]);
  });

  it("is not of a kind that is off, nor what repeats, unless everything is wanted", async () => {
    const plan = planner({ kinds: { "unusual-traffic": false } });
    expect(await tellers(plan, { kind: "unusual-traffic" })).toEqual([]);
    expect(await tellers(plan, { kind: "new-behavior" })).toEqual(names);
    expect(await tellers(plan, { repeats: true })).toEqual([]);
    expect(await tellers(planner({ minimumSeverity: "info" }), { repeats: true })).toEqual(names);
  });

  it("goes by the first route that fits its repository", async () => {
    const plan = planner({
      routes: [
        { repository: "acme/shop", notifiers: ["mail"], minimumSeverity: "high" },
        { repository: "acme/*", notifiers: ["chat"] },
        { repository: "quiet/*", notifiers: [] },
      ],
    });
    const of = (repository: string) => ({ job: { ...sampleRun("1").job, repository } });
    expect(await tellers(plan, { ...of("acme/shop"), severity: "high" })).toEqual(["mail"]);
    expect(await tellers(plan, { ...of("acme/shop"), severity: "medium" })).toEqual([]);
    expect(await tellers(plan, of("acme/web"))).toEqual(["chat"]);
    expect(await tellers(plan, of("quiet/x"))).toEqual([]);
    expect(await tellers(plan, of("other/x"))).toEqual(names);
  });
});

describe("when it is told", () => {
  it("is at once, in the order of its run", async () => {
    const [delivery] = await planner({})();
    expect(delivery).toMatchObject({ dueAt: morning, order: sampleRun("1").key });
  });

  it("is at the end of its run, in one message", async () => {
    const [delivery] = await planner({ pace: "per-run" })();
    expect(delivery).toMatchObject({ bundle: `run:${sampleRun("1").key}` });
    expect(delivery?.dueAt).toBeGreaterThan(morning);
  });

  it("is at the hour of the day, in that day's digest", async () => {
    const plan = planner({ pace: "daily", dailyAtHourUtc: 7 });
    expect((await plan())[0]).toMatchObject({
      dueAt: Date.UTC(2026, 0, 31, 7),
      bundle: "digest:2026-01-31",
    });
    expect((await plan({ recordedAt: Date.UTC(2026, 0, 31, 7) }))[0]).toMatchObject({
      dueAt: Date.UTC(2026, 1, 1, 7),
      bundle: "digest:2026-02-01",
    });
  });

  it("is later for the same in further jobs, all of them in one message", async () => {
    const plan = planner({ fleetWindowMinutes: 10 });
    const subject = "evil.example:443";
    const due = async (job: string, after: number) => {
      const [delivery] = await plan({ subject, recordedAt: morning + after * minute }, job);
      return ((delivery?.dueAt ?? 0) - morning) / minute;
    };
    expect(await due("one", 0)).toBe(0);
    expect(await due("two", 3)).toBe(13);
    expect(await due("three", 5)).toBe(13);
    expect(await due("four", 30)).toBe(30);
    const off = planner({ fleetWindowMinutes: 0 });
    await off({ subject });
    expect((await off({ subject }, "two"))[0]).toMatchObject({ dueAt: morning });
  });
});
