import { describe, expect, it } from "vitest";
import { createMonitor } from "../../src/monitor/monitor.js";
import {
  auditedJob,
  calls,
  github,
  githubIp,
  installScript,
  job,
  questions,
  subjects,
  usual,
} from "./audited-job.js";

const theft = "POST /repos/thief/loot/issues";

async function learnedJob(runs?: number) {
  const audited = auditedJob();
  await audited.learn(runs);
  return audited;
}

describe("a call to an endpoint that the job knows", () => {
  it("is told while it happens, if it sends something to a stranger's part", async () => {
    const { start, pushed, store } = await learnedJob();
    const run = await start();
    const seen = await run.observe([...usual(), ...github(7, "GET /repos/acme/shop", theft)]);
    expect(seen.detections).toMatchObject([
      {
        kind: "new-behavior",
        severity: "medium",
        endpoint: { host: "api.github.com" },
        newHabits: expect.arrayContaining(["tenant:thief", "method:POST"]),
      },
    ]);
    expect(await pushed()).toHaveLength(1);
    const { items } = await store.calls.list(run.key, { anomalousOnly: true });
    expect(items).toMatchObject([
      { detectionId: seen.detections[0]?.id, http: [{ method: "GET" }, { method: "POST" }] },
    ]);
  });

  it("is told by a request that comes when the call was long decided on", async () => {
    const { start, store } = await learnedJob();
    const [asked, connected, established, reads, sends] = calls(7, "api.github.com", githubIp, {
      requests: ["GET /repos/acme/shop", theft],
      ends: false,
    });
    const run = await start();
    const before = await run.observe([...usual(), asked, connected, established, reads]);
    expect(before.detections).toEqual([]);
    const { items } = await store.calls.list(run.key);
    expect(items.map(({ verdict }) => verdict)).toEqual(["known", "known", "known"]);
    const after = await run.observe([sends]);
    expect(after.detections).toMatchObject([{ kind: "new-behavior", severity: "medium" }]);
    const report = await run.finish();
    expect(report.run.counts.anomalousCalls).toBe(1);
    expect(subjects(report)).toEqual(subjects(after));
  });

  it("is told once, in this run and in those that follow", async () => {
    const { run, pushed } = await learnedJob();
    const stray = () => [...usual(), ...github(7, theft), ...github(7, theft)];
    expect((await run(stray())).detections).toHaveLength(1);
    expect((await run(stray())).detections).toEqual([]);
    expect((await run(stray())).detections).toEqual([]);
    expect(await pushed()).toHaveLength(1);
  });

  it("is told if an install script makes it, though it only reads", async () => {
    const { run } = await learnedJob();
    const report = await run([
      ...usual(),
      ...installScript(),
      ...github(30, "GET /repos/acme/shop"),
    ]);
    expect(report.detections).toMatchObject([
      { kind: "new-behavior", subject: "api.github.com:443 lineage:install-script" },
    ]);
  });

  it("is told again where it is worse than what was told of it", async () => {
    const { start } = await learnedJob();
    const run = await start();
    const reading = await run.observe([
      ...usual(),
      ...installScript(),
      ...github(30, "GET /repos/acme/shop"),
    ]);
    const sending = await run.observe(github(30, theft));
    expect(reading.detections.map(({ severity }) => severity)).toEqual(["medium"]);
    expect(sending.detections).toMatchObject([
      { kind: "new-behavior", severity: "high", endpoint: { host: "api.github.com" } },
    ]);
    expect((await run.observe(github(30, theft))).detections).toEqual([]);
  });

  it("is told a few times at most, however many new ways it is called in", async () => {
    const { run, pushed } = await learnedJob();
    const paths = Array.from(
      "abcdefghijklmnopqrst",
      (letter) => `POST /repos/${letter}/loot/issues`,
    );
    const report = await run([...usual(), ...paths.flatMap((line) => github(7, line))]);
    expect(report.run.counts.anomalousCalls).toBe(20);
    expect(report.detections.length).toBeLessThanOrEqual(5);
    const again = await run([...usual(), ...paths.flatMap((line) => github(7, line))]);
    expect(again.detections).toEqual([]);
    // The others repeat what was told of the endpoint.
    expect((await pushed()).length).toBe(1);
    expect(report.detections.filter(({ repeats }) => repeats)).toHaveLength(
      report.detections.length - 1,
    );
  });

  it("stays told after a restart, though another run taught it meanwhile", async () => {
    const { store, monitor, start, run } = await learnedJob();
    const stray = () => [...usual(), ...github(7, theft)];
    const open = await start();
    await open.observe(stray());
    await run(stray());
    await monitor.close();
    const restarted = createMonitor({ store });
    expect(await restarted.resume()).toBe(1);
    const resumed = await restarted.startRun({ job, runId: "r9" });
    const report = await resumed.finish({ outcome: "success" });
    await restarted.close();
    expect(report.run.counts.anomalousCalls).toBe(1);
    expect(report.detections).toHaveLength(1);
    const { items } = await store.calls.list(open.key, { anomalousOnly: true });
    expect(items).toMatchObject([{ detectionId: report.detections[0]?.id }]);
  });

  it("teaches the routes of all its requests, also of those that come late", async () => {
    const { start, learn, store } = auditedJob({ baseline: { learningRuns: 100 } });
    await learn();
    const run = await start();
    const events = calls(7, "api.github.com", githubIp, {
      requests: ["GET /repos/acme/shop", "GET /rate_limit"],
    });
    for (const event of [...usual(), ...events]) await run.observe(event);
    await run.finish({ outcome: "success" });
    const baseline = await store.baselines.get("github:acme/shop:ci.yml:build");
    const routes = baseline?.endpoints["api.github.com:443"]?.habits?.routes;
    expect(Object.keys(routes ?? {})).toContain("GET /rate_limit");
  });
});

describe("traffic", () => {
  /** How unusual is unusual in a job, only many runs say. */
  const learnedRuns = 80;

  const upload = (bytesOut: number) =>
    calls(7, "api.github.com", githubIp, { requests: ["GET /repos/acme/shop"], bytesOut });

  it("that is unusual is told when the call ends, once", async () => {
    const { start, run, pushed } = await learnedJob(learnedRuns);
    const started = await start();
    await started.observe(usual());
    const seen = await started.observe(upload(5_000_000_000));
    expect(seen.detections).toMatchObject([
      {
        kind: "unusual-traffic",
        subject: "api.github.com:443 node",
        reasons: [{ code: "bytes-out" }],
      },
    ]);
    await started.finish({ outcome: "success" });
    expect((await run([...usual(), ...upload(5_000_000_000)])).detections).toEqual([]);
    expect(await pushed()).toEqual(["api.github.com:443 node"]);
  });

  it("that is as it always is is not told", async () => {
    const { run } = await learnedJob(learnedRuns);
    expect((await run([...usual(), ...upload(100)])).detections).toEqual([]);
  });
});

describe("names that carry data", () => {
  const encoded = (seed: number) =>
    Array.from(
      { length: 60 },
      (_, at) => "abcdefghijklmnopqrstuvwxyz234567"[(at * at * 7 + seed * 13 + at * 11) % 32],
    ).join("");
  const names = Array.from({ length: 12 }, (_, seed) => `${encoded(seed)}.t.collector.example`);

  it("are told while they are asked for, also of the machine's own resolver", async () => {
    const { start, store } = await learnedJob();
    const run = await start();
    const seen = await run.observe([...usual(), ...questions(7, ...names.slice(0, 1))]);
    expect(seen.detections).toMatchObject([
      {
        kind: "unusual-traffic",
        subject: "collector.example names",
        reasons: [{ code: "data-in-names" }],
      },
    ]);
    const { items } = await store.calls.list(run.key, { anomalousOnly: true });
    expect(items).toMatchObject([{ endpoint: { host: "127.0.0.53" }, verdict: "anomalous" }]);
  });

  it("are told again when so many were asked for that it is worse", async () => {
    const { start, pushed } = await learnedJob();
    const run = await start();
    await run.observe([...usual(), ...names.flatMap((name) => questions(7, name))]);
    const { detections } = await run.finish();
    expect(detections.map(({ severity }) => severity)).toEqual(["medium", "high"]);
    expect(await pushed()).toEqual(["collector.example names", "collector.example names high"]);
  });

  it("that carry none are not told", async () => {
    const { run } = await learnedJob();
    const report = await run([...usual(), ...questions(7, "api.example.com", "www.example.org")]);
    expect(report.detections).toEqual([]);
  });
});
