import { describe, expect, it } from "vitest";
import type { Notification } from "../../src/delivery/notification.js";
import type { CaptureEvent } from "../../src/events/event.js";
import { memoryStore } from "../../src/memory-store/memory-store.js";
import { createMonitor } from "../../src/monitor/monitor.js";
import type { RunMode } from "../../src/run/run.js";
import { answer, connect, exec, httpCall, result } from "../events/make-events.js";

const job = { platform: "github", repository: "acme/shop", workflow: "ci.yml", job: "build" };

function bench() {
  const store = memoryStore();
  const told: Notification[] = [];
  const notifier = {
    name: "collecting",
    notify: async (notification: Notification) => void told.push(notification),
  };
  const open = () => createMonitor({ store, notifiers: [notifier], baseline: { learningRuns: 1 } });
  const monitor = open();
  const runIn = async (mode: RunMode, runId: string, ...batches: CaptureEvent[][]) => {
    const run = await monitor.startRun({ job, runId, mode });
    for (const batch of batches) await run.observe(batch);
    return run.finish({ outcome: "success" });
  };
  return { store, told, open, monitor, runIn };
}

const allowed = () => httpCall(7, "a.example", "192.0.2.1");
const refused = (connection = "r1") => [
  exec(5, ["bash", "build.sh"]),
  exec(9, ["node", "postinstall.js"], { parent: 5 }),
  answer(9, "evil.example", "198.51.100.6"),
  connect(9, "198.51.100.6", 8443, connection),
  result(connection, "blocked"),
];

describe("in block mode", () => {
  it("a refused call is told with all that is known of it, and one that got through is not", async () => {
    const { runIn, monitor, told, store } = bench();
    const report = await runIn("block", "1", [...allowed(), ...refused()]);
    expect(report.detections).toMatchObject([
      {
        kind: "blocked-call",
        subject: "evil.example:8443 1.1",
        severity: "high",
        evidence: {
          call: { verdict: "blocked", result: "blocked", pid: 9 },
          process: { commandLine: "node postinstall.js" },
          ancestors: [{ commandLine: "bash build.sh" }],
        },
      },
    ]);
    expect(report.run.counts).toMatchObject({ calls: 2, anomalousCalls: 0, blockedCalls: 1 });
    await monitor.idle();
    expect(told.map(({ detection }) => detection.kind)).toEqual(["blocked-call"]);
    const { items } = await store.calls.list(report.run.key);
    expect(items.map(({ verdict }) => verdict)).toEqual(["ignored", "blocked"]);
    const detected = await store.calls.list(report.run.key, { anomalousOnly: true });
    expect(detected.items.map(({ verdict }) => verdict)).toEqual(["blocked"]);
  });

  it("an endpoint is told once in each run, however often that tries it", async () => {
    const { runIn, monitor, told } = bench();
    await runIn("block", "1", [...refused("a"), ...refused("b")]);
    const second = await runIn("block", "2", refused());
    await monitor.idle();
    expect(told.map(({ detection }) => detection.run.runId)).toEqual(["1", "2"]);
    expect(second.detections).toHaveLength(1);
    expect(second.run.counts.blockedCalls).toBe(1);
  });

  it("a packet that is heard to be blocked only after its call was decided on is told", async () => {
    const { runIn } = bench();
    const packet = connect(9, "198.51.100.6", 53, "u", "udp");
    const report = await runIn("block", "1", [packet], [result("u", "blocked")]);
    expect(report.detections.map(({ subject }) => subject)).toEqual(["198.51.100.6:53 1.1"]);
    expect(report.run.counts.blockedCalls).toBe(1);
  });

  it("nothing is learned, and what an audit run taught while it ran keeps no call from being told", async () => {
    const { runIn, monitor } = bench();
    const run = await monitor.startRun({ job, runId: "b", mode: "block" });
    await run.observe(allowed());
    await runIn("audit", "1", allowed());
    await run.observe(refused());
    const report = await run.finish();
    expect(report.detections.map(({ kind }) => kind)).toEqual(["blocked-call"]);
    expect(report.baseline).toMatchObject({ runs: 1, endpoints: 1 });
  });

  it("a restarted monitor tells nothing twice", async () => {
    const { open, told, monitor, store } = bench();
    const run = await monitor.startRun({ job, runId: "b", mode: "block" });
    await run.observe(refused("a"));
    await monitor.close();
    const restarted = open();
    await (await restarted.startRun({ job, runId: "b", mode: "block" })).observe(refused("b"));
    await restarted.idle();
    expect(told).toHaveLength(1);
    const { items } = await store.calls.list(run.key, { anomalousOnly: true });
    expect(new Set(items.map(({ detectionId }) => detectionId))).toEqual(
      new Set([told[0]?.detection.id]),
    );
  });
});

describe("in audit mode, which has no policy", () => {
  it("a call that an agent calls blocked is compared like any other", async () => {
    const { runIn } = bench();
    await runIn("audit", "1", allowed());
    const report = await runIn("audit", "2", refused());
    expect(report.detections.map(({ kind }) => kind)).toEqual(["new-endpoint"]);
    expect(report.run.counts).toMatchObject({ anomalousCalls: 1, blockedCalls: 0 });
  });
});
