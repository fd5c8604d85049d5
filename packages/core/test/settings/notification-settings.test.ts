import { describe, expect, it } from "vitest";
import { memoryStore } from "../../src/memory-store/memory-store.js";
import { createMonitor } from "../../src/monitor/monitor.js";

const chat = { name: "chat", notify: async () => {} };

describe("notification settings", () => {
  it("are the defaults, with the monitor's least severity, until somebody changes them", async () => {
    const monitor = createMonitor({ store: memoryStore(), notifiers: [chat], notifyFrom: "high" });
    expect(await monitor.settings.get()).toMatchObject({
      minimumSeverity: "high",
      pace: "immediate",
    });
    expect(await monitor.settings.lastChange()).toBeUndefined();
    await monitor.close();
  });

  it("keep what a change does not name, and are there after a restart", async () => {
    const store = memoryStore();
    const monitor = createMonitor({ store, notifiers: [chat], now: () => 5 });
    await monitor.settings.change({ kinds: { "new-job": false }, pace: "daily" }, "ann");
    await monitor.settings.change({ routes: [{ repository: "a/*", notifiers: ["chat"] }] }, "bob");
    await monitor.close();
    const restarted = createMonitor({ store, notifiers: [] });
    expect(await restarted.settings.get()).toMatchObject({
      kinds: { "new-job": false, "new-endpoint": true },
      pace: "daily",
      routes: [{ repository: "a/*", notifiers: ["chat"] }],
    });
    expect(await restarted.settings.lastChange()).toEqual({ by: "bob", at: 5 });
    await restarted.close();
  });

  it.each([
    ["pace", { pace: "hourly" }],
    ["dailyAtHourUtc", { dailyAtHourUtc: 24 }],
    ["routes[0].repository", { routes: [{ repository: "", notifiers: [] }] }],
    ["routes[0].notifiers[1]", { routes: [{ repository: "*", notifiers: ["chat", "nobody"] }] }],
    ["minimumSeverity", { minimumSeverity: "bad" }],
  ])("are refused for their %s", async (field, change) => {
    const monitor = createMonitor({ store: memoryStore(), notifiers: [chat] });
    const refused = expect.objectContaining({ code: "CONFIG_INVALID", field });
    await expect(monitor.settings.change(change as never, "ann")).rejects.toEqual(refused);
    await monitor.close();
  });
});

describe("a notifier", () => {
  it("can be tried with a message that says it is a test", async () => {
    const told: unknown[] = [];
    const trying = { name: "chat", notify: async (each: unknown) => void told.push(each) };
    const failing = {
      name: "mail",
      notify: async () => {
        throw new Error("550 no such mailbox");
      },
    };
    const store = memoryStore();
    const monitor = createMonitor({ store, notifiers: [trying, failing] });
    await monitor.notifiers.try("chat");
    expect(told).toMatchObject([
      { isTest: true, detection: { endpoint: { host: "test.example" } } },
    ]);
    await expect(monitor.notifiers.try("mail")).rejects.toMatchObject({
      code: "NOTIFY_FAILED",
      message: "550 no such mailbox",
    });
    await expect(monitor.notifiers.try("nobody")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await monitor.notifiers.states()).toEqual([
      { notifier: "chat", pending: 0, delivered: 0, dead: 0 },
      { notifier: "mail", pending: 0, delivered: 0, dead: 0 },
    ]);
    await monitor.close();
  });
});
