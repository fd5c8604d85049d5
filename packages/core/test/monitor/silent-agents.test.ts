import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { memoryStore } from "../../src/memory-store/memory-store.js";
import { createMonitor } from "../../src/monitor/monitor.js";
import { attached, exec, httpCall, watchedAgent } from "../events/make-events.js";

const job = { platform: "github", repository: "acme/shop", workflow: "ci.yml", job: "build" };
const minute = 60_000;

function bench() {
  const store = memoryStore();
  const clock = { now: Date.UTC(2026, 0, 31, 12) };
  const open = () => createMonitor({ store, baseline: { learningRuns: 1 }, now: () => clock.now });
  return { store, clock, open, monitor: open() };
}

const calls = () => [exec(7, ["curl"]), ...httpCall(7, "a.example", "192.0.2.1")];

describe("a run whose agent has gone silent", () => {
  it("says so by itself, though nothing comes any more and nobody ends it", async () => {
    const store = memoryStore();
    const monitor = createMonitor({ store });
    const run = await monitor.startRun({ job, runId: "1" });
    const agent = watchedAgent();
    await run.observe([agent.started(Date.now(), 100), ...agent.send(...calls())]);
    expect((await store.runs.get(run.key))?.coverage.level).toBe("full");
    let coverage = (await store.runs.get(run.key))?.coverage;
    while (coverage?.level === "full") {
      await pause(20);
      coverage = (await store.runs.get(run.key))?.coverage;
    }
    expect(coverage?.reasons.join()).toContain("linux has said nothing since");
    await run.observe([agent.beat(Date.now())]);
    expect((await store.runs.get(run.key))?.coverage.reasons.join()).not.toContain("nothing since");
    await monitor.close();
  });

  it("says so though it fell silent while the run was being written down", async () => {
    const { clock, store } = bench();
    const slow = {
      ...store,
      runs: {
        ...store.runs,
        update: async (...args: Parameters<typeof store.runs.update>) => {
          await store.runs.update(...args);
          clock.now += minute;
        },
      },
    };
    const monitor = createMonitor({ store: slow, now: () => clock.now });
    const run = await monitor.startRun({ job, runId: "1" });
    const agent = watchedAgent();
    await run.observe([agent.started(clock.now, 100), ...agent.send(...calls())]);
    await expect
      .poll(async () => (await store.runs.get(run.key))?.coverage.reasons.join())
      .toContain("linux has said nothing since");
    await monitor.close();
  });

  it("is ended once it was abandoned for long enough, with no outcome, and teaches nothing", async () => {
    const { store, clock, open, monitor } = bench();
    const run = await monitor.startRun({ job, runId: "killed" });
    const agent = watchedAgent();
    await run.observe([agent.started(clock.now), ...agent.send(...calls())]);
    const heardAt = clock.now;
    await monitor.close();

    const next = open();
    clock.now += minute;
    expect(await next.endAbandoned(minute)).toBe(0);
    clock.now += 1;
    expect(await next.endAbandoned(minute)).toBe(1);
    const ended = await store.runs.get(run.key);
    expect(ended).toMatchObject({ outcome: "unknown", finishedAt: heardAt });
    expect(ended?.coverage.reasons.join()).toContain("linux never said that it stopped");
    expect(await store.baselines.get(ended?.jobKey ?? "")).toBeUndefined();
    expect(await next.endAbandoned(minute)).toBe(0);
  });

  it("is ended as its log says, if that is what the crash kept from happening", async () => {
    const { store, clock, open, monitor } = bench();
    const run = await monitor.startRun({ job, runId: "1" });
    const agent = watchedAgent();
    await run.observe([agent.started(clock.now), ...agent.send(...calls())]);
    await monitor.close();
    await store.events.append(run.key, [
      agent.stopped(clock.now),
      { id: "end", time: clock.now, type: "run.finished", run: { outcome: "success" } },
    ]);
    clock.now += 2 * minute;
    expect(await open().endAbandoned(minute)).toBe(0);
    expect(await store.runs.get(run.key)).toMatchObject({ outcome: "success" });
    expect((await store.runs.get(run.key))?.coverage.level).toBe("full");
  });
});

describe("a run that is not abandoned", () => {
  it("because its agent is heard is left alone", async () => {
    const { clock, monitor, store } = bench();
    const run = await monitor.startRun({ job, runId: "1" });
    const agent = watchedAgent();
    await run.observe([agent.started(clock.now)]);
    clock.now += 10 * minute;
    await run.observe([agent.beat(clock.now)]);
    expect(await monitor.endAbandoned(minute)).toBe(0);
    expect((await store.runs.get(run.key))?.outcome).toBeUndefined();
  });

  it("because its agent never promised to be heard is left alone", async () => {
    const { clock, monitor } = bench();
    const run = await monitor.startRun({ job, runId: "1" });
    await run.observe([attached(), ...calls()]);
    clock.now += 60 * minute;
    expect(await monitor.endAbandoned(minute)).toBe(0);
  });
});
