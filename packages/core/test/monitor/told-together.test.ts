import { describe, expect, it } from "vitest";
import type { Notification } from "../../src/delivery/notification.js";
import { memoryStore } from "../../src/memory-store/memory-store.js";
import { createMonitor } from "../../src/monitor/monitor.js";
import type { NotificationSettingsChange } from "../../src/settings/notification-settings.js";
import { calls, usual } from "./audited-job.js";

const minute = 60_000;
const job = { platform: "github", repository: "acme/shop", workflow: "ci.yml", job: "build" };
const stray = (host = "collector.example") =>
  calls(7, host, "203.0.113.9", { requests: ["POST /u"] });

/** A monitor with some settings, a clock that is set, and all that it told. */
async function telling(change: NotificationSettingsChange) {
  const clock = { now: Date.UTC(2026, 0, 31, 12) };
  const told: Notification[] = [];
  const chat = {
    name: "chat",
    notify: async (notification: Notification) => void told.push(notification),
  };
  const store = memoryStore();
  const monitor = createMonitor({ store, notifiers: [chat], now: () => clock.now });
  await monitor.settings.change(change, "ann");
  let runs = 0;
  const start = (name: string) => {
    runs += 1;
    const ref = { ...job, repository: `acme/${name}` };
    return monitor.startRun({ job: ref, runId: `r${runs}` });
  };
  const learn = async (...names: string[]) => {
    for (const name of names) {
      for (let count = 0; count < 8; count += 1) {
        const run = await start(name);
        await run.observe(usual());
        await run.finish({ outcome: "success" });
      }
    }
  };
  const wait = async (ms: number) => {
    clock.now += ms;
    await monitor.idle();
  };
  /** What each message told: repositories, in the order of the message. */
  const messages = () =>
    told.map(({ together, detection, others = [] }) => [
      together ?? "alone",
      ...[detection, ...others.map((other) => other.detection)].map(({ job }) =>
        job.repository.replace("acme/", ""),
      ),
    ]);
  return { clock, told, store, monitor, start, learn, wait, messages };
}

describe("the same endpoint in many jobs at once", () => {
  it("is told at once of the first job, and of all others in one message, one detection each", async () => {
    const { start, learn, wait, messages, store } = await telling({ fleetWindowMinutes: 10 });
    const names = ["a", "b", "c", "d"];
    await learn(...names);
    for (const name of names) {
      const run = await start(name);
      await run.observe([...usual(), ...stray()]);
      await run.finish({ outcome: "success" });
      await wait(minute);
    }
    expect(messages()).toEqual([["fleet", "a"]]);
    await wait(10 * minute);
    expect(messages()).toEqual([
      ["fleet", "a"],
      ["fleet", "b", "c", "d"],
    ]);
    expect((await store.detections.list()).items).toHaveLength(4);
    await wait(60 * minute);
    expect(messages()).toHaveLength(2);
  });
});

describe("told at the end of the run", () => {
  it("is one message with all that the run found, the worst first, and nothing before", async () => {
    const { start, learn, wait, messages, told } = await telling({ pace: "per-run" });
    await learn("a");
    const run = await start("a");
    for (const host of ["one.example", "webhook.site", "two.example"]) {
      await run.observe([...usual(), ...stray(host)]);
      await wait(minute);
    }
    expect(messages()).toEqual([]);
    await run.finish({ outcome: "success" });
    await wait(0);
    expect(messages()).toEqual([["run", "a", "a", "a"]]);
    expect(told[0]?.detection.endpoint.host).toBe("webhook.site");
  });

  it("is told after an hour if the run is never heard of again", async () => {
    const { start, learn, wait, messages } = await telling({ pace: "per-run" });
    await learn("a");
    await (await start("a")).observe([...usual(), ...stray()]);
    await wait(59 * minute);
    expect(messages()).toEqual([]);
    await wait(2 * minute);
    expect(messages()).toEqual([["run", "a"]]);
  });
});

describe("told once a day", () => {
  it("is one message at its hour with all of the day", async () => {
    const { start, learn, wait, messages } = await telling({ pace: "daily", dailyAtHourUtc: 13 });
    await learn("a", "b");
    for (const name of ["a", "b"]) {
      const run = await start(name);
      await run.observe([...usual(), ...stray(`${name}.example`)]);
      await run.finish({ outcome: "success" });
    }
    await wait(30 * minute);
    expect(messages()).toEqual([]);
    await wait(31 * minute);
    expect(messages()).toEqual([["digest", "a", "b"]]);
  });
});
