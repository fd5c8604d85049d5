import { describe, expect, it } from "vitest";
import type { CaptureAgent } from "../../src/contracts/capture-agent.js";
import type { Notifier } from "../../src/contracts/notifier.js";
import type { Store } from "../../src/contracts/store.js";
import type { Notification } from "../../src/delivery/notification.js";
import type { Severity } from "../../src/detection/detection.js";
import type { CaptureEvent } from "../../src/events/event.js";
import { memoryStore } from "../../src/memory-store/memory-store.js";
import { createMonitor } from "../../src/monitor/monitor.js";
import type { RunReport } from "../../src/monitor/run-report.js";
import { isStraycallError } from "../../src/straycall-error.js";
import { answer, connect, exec, hello, httpCall, request } from "../events/make-events.js";

const job = { platform: "github", repository: "acme/shop", workflow: "ci.yml", job: "build" };

/** A notifier that keeps what it is told. */
function collectingNotifier(name = "collecting"): Notifier & { told: Notification[] } {
  const told: Notification[] = [];
  return {
    name,
    told,
    async notify(notification) {
      told.push(notification);
    },
  };
}

/** A monitor over a fresh store, and how to put runs through it. */
function bench(learningRuns = 2) {
  const store = memoryStore();
  const notifier = collectingNotifier();
  const monitor = createMonitor({ store, notifiers: [notifier], baseline: { learningRuns } });
  let runs = 0;
  const run = async (...events: CaptureEvent[]): Promise<RunReport> => {
    runs += 1;
    const started = await monitor.startRun({ job, runId: `r${runs}` });
    await started.observe(events);
    return started.finish({ outcome: "success" });
  };
  return { store, notifier, monitor, run };
}

const normal = () => [exec(7, ["curl", "a.example"]), ...httpCall(7, "a.example", "192.0.2.1")];
const stray = () => [
  exec(5, ["bash", "build.sh"]),
  exec(9, ["node", "postinstall.js"], { parent: 5 }),
  ...httpCall(9, "evil.example", "198.51.100.6", 8443),
];
const subjects = (report: RunReport) => report.detections.map((detection) => detection.subject);

describe("a job's runs", () => {
  it("are learned, and a stray call is told once", async () => {
    const { run, notifier, monitor } = bench();
    expect(subjects(await run(...normal()))).toEqual([]);
    expect(subjects(await run(...normal()))).toEqual([]);
    expect(subjects(await run(...normal(), ...stray()))).toEqual(["evil.example:8443"]);
    expect(subjects(await run(...normal(), ...stray()))).toEqual([]);
    await monitor.idle();
    expect(notifier.told.map((told) => told.detection.subject)).toEqual(["evil.example:8443"]);
  });

  it("come with all that a person needs to find out why", async () => {
    const { run } = bench(0);
    const { detections } = await run(...stray());
    expect(detections).toMatchObject([
      {
        kind: "new-endpoint",
        endpoint: { host: "evil.example", port: 8443 },
        severity: "medium",
        status: "new",
        run: { runId: "r1", attempt: 1 },
        evidence: {
          call: {
            pid: 9,
            ip: "198.51.100.6",
            commandLine: "node postinstall.js",
            verdict: "anomalous",
            http: [{ method: "GET", path: "/" }],
          },
          process: { pid: 9, parentPid: 5 },
          ancestors: [{ pid: 5, commandLine: "bash build.sh" }],
        },
      },
    ]);
    expect(detections[0]?.evidence.call.detectionId).toBe(detections[0]?.id);
  });

  it("that call a new endpoint often tell it once", async () => {
    const { run, notifier, monitor } = bench(0);
    await run(...stray(), ...stray(), ...stray());
    await monitor.idle();
    expect(notifier.told).toHaveLength(1);
  });

  it("are compared with their own job only", async () => {
    const { run, monitor } = bench(1);
    await run(...normal());
    const other = await monitor.startRun({ job: { ...job, job: "test" }, runId: "x" });
    await other.observe(normal());
    const report = await other.finish();
    expect(report.detections.map(({ kind }) => kind)).toEqual(["new-job"]);
    expect(report.run.counts.anomalousCalls).toBe(0);
    expect(report.baseline).toMatchObject({ runs: 1, maturity: { level: "stable" } });
  });

  it("show the mark on every run that called before it was learned", async () => {
    const { run, monitor, store } = bench(1);
    await run(...normal());
    const one = await monitor.startRun({ job, runId: "one" });
    const two = await monitor.startRun({ job, runId: "two" });
    await one.observe(stray());
    await two.observe(stray());
    const reports = [await one.finish(), await two.finish()];
    expect(reports.map((report) => report.detections.length)).toEqual([1, 0]);
    expect(reports.map((report) => report.run.counts.anomalousCalls)).toEqual([1, 1]);
    const calls = await store.calls.list(two.key, { anomalousOnly: true });
    expect(calls.items).toMatchObject([{ detectionId: reports[0]?.detections[0]?.id }]);
  });

  it("are never told what a concurrent learning run taught first", async () => {
    const { run, monitor } = bench(2);
    await run(...normal());
    const learning = await monitor.startRun({ job, runId: "learning" });
    await learning.observe(stray());
    await run(...normal());
    const later = await monitor.startRun({ job, runId: "later" });
    await later.observe(normal());
    await learning.finish();
    await later.observe(stray());
    expect((await later.finish()).detections).toEqual([]);
  });

  it("in block mode teach nothing and detect nothing", async () => {
    const { monitor } = bench(0);
    const run = await monitor.startRun({ job, runId: "b", mode: "block" });
    await run.observe(stray());
    const report = await run.finish();
    expect(report.detections).toEqual([]);
    expect(report.baseline.runs).toBe(0);
  });

  it("that nobody watched teach nothing", async () => {
    const { monitor } = bench(1);
    const run = await monitor.startRun({ job, runId: "blind" });
    const report = await run.finish();
    expect(report.run.coverage.level).toBe("none");
    expect(report.baseline.runs).toBe(0);
  });

  it("leave calls to test servers on loopback out, unless they were asked for by name", async () => {
    const { run } = bench(0);
    const report = await run(
      connect(7, "127.0.0.1", 43_211, "c1"),
      connect(7, "::1", 43_212, "c2"),
      ...httpCall(7, "localhost", "127.0.0.1", 3000),
      ...httpCall(7, "evil.example", "127.0.0.1", 8080),
    );
    expect(subjects(report)).toEqual(["evil.example:8080"]);
    expect(report.run.counts.calls).toBe(4);
  });
});

describe("a detection below the severity that is told", () => {
  const observeStray = async (notifyFrom: Severity) => {
    const store = memoryStore();
    const notifier = collectingNotifier();
    const options = { store, notifiers: [notifier], baseline: { learningRuns: 0 }, notifyFrom };
    const monitor = createMonitor(options);
    const run = await monitor.startRun({ job, runId: "1" });
    await run.observe(stray());
    const { detections } = await run.finish({ outcome: "success" });
    await monitor.close();
    const deliveries = await store.deliveries.list(detections[0]?.id ?? "");
    return { detections, deliveries, told: notifier.told };
  };

  it("is recorded, and told to nobody", async () => {
    const { detections, deliveries, told } = await observeStray("critical");
    expect(detections).toMatchObject([{ subject: "evil.example:8443", severity: "medium" }]);
    expect(deliveries).toEqual([]);
    expect(told).toEqual([]);
  });

  it.each(["info", "medium"] as const)("is not one if that is %s", async (notifyFrom) => {
    const { told } = await observeStray(notifyFrom);
    expect(told).toMatchObject([{ detection: { severity: "medium" } }]);
  });
});

describe("observing", () => {
  it("ignores events it has seen", async () => {
    const { monitor } = bench(0);
    const run = await monitor.startRun({ job, runId: "r" });
    const events = stray();
    expect(await run.observe(events)).toMatchObject({ stored: events.length, duplicates: 0 });
    expect(await run.observe(events)).toMatchObject({ stored: 0, duplicates: events.length });
    expect((await run.finish()).run.counts.calls).toBe(1);
  });

  it("names the field of a bad event and takes the others", async () => {
    const { monitor } = bench(0);
    const [first, ...rest] = stray();
    const bad = { ...first, id: "bad", process: { pid: "seven" } };
    const taken = await monitor.ingest({ run: { job, runId: "r" }, events: [first, bad, ...rest] });
    expect(taken.rejected).toMatchObject([{ index: 1, field: "process.pid" }]);
    expect(taken.stored).toBe(1 + rest.length);
    expect(taken.detections).toHaveLength(1);
  });

  it("counts refused events as lost, once for each", async () => {
    const { monitor, store } = bench(0);
    const batch = { run: { job, runId: "r" }, events: [{ id: "x" }, { id: "y" }, ...stray()] };
    await monitor.ingest(batch);
    await monitor.ingest(batch);
    const { items } = await store.runs.list();
    expect(items[0]?.coverage).toMatchObject({ level: "partial", lost: 2 });
  });

  it.each([
    ["events", { run: { job, runId: "r" }, events: "x" }],
    ["run.job.repository", { run: { job: { ...job, repository: "" }, runId: "r" }, events: [] }],
    ["run.runId", { run: { job }, events: [] }],
    ["", null],
  ])("refuses a batch whose %s is wrong", async (field, batch) => {
    const { monitor } = bench();
    const refusal = await monitor.ingest(batch).catch((error: unknown) => error);
    expect(isStraycallError(refusal, "EVENT_INVALID") && refusal.field).toBe(field);
  });

  it("ends the run when an event says so", async () => {
    const { monitor, store } = bench(0);
    const end: CaptureEvent = {
      id: "end",
      time: 1_700_000_000_000,
      type: "run.finished",
      run: { outcome: "failure" },
    };
    const run = { job, runId: "r" };
    await monitor.ingest({ run, events: [...stray(), end] });
    const { items } = await store.runs.list();
    expect(items).toMatchObject([{ outcome: "failure", finishedAt: end.time }]);
    expect(await store.baselines.revision(items[0]?.jobKey ?? "")).toBe(1);
  });

  it("takes what it is told about the run", async () => {
    const { monitor, store } = bench(0);
    await monitor.ingest({
      run: { job, runId: "r" },
      events: [
        { id: "s", time: 1, type: "run.started", run: { commit: "abc", actor: "ann" } },
        ...stray(),
      ],
    });
    expect((await store.runs.list()).items).toMatchObject([{ commit: "abc", actor: "ann" }]);
    expect((await store.detections.list()).items).toMatchObject([{ run: { commit: "abc" } }]);
  });

  it("decides on a call that nothing more is heard of", async () => {
    const { monitor, notifier } = bench(0);
    const run = await monitor.startRun({ job, runId: "r" });
    await run.observe([connect(7, "198.51.100.6", 4444, "c")]);
    expect(notifier.told).toEqual([]);
    await expect
      .poll(
        async () => {
          await monitor.idle();
          return notifier.told.length;
        },
        { timeout: 20_000 },
      )
      .toBe(1);
  });

  it("watches an agent until it ends and passes on what it captured", async () => {
    const { monitor } = bench(0);
    const events = stray();
    const agent: CaptureAgent = {
      name: "recorded",
      async *capture() {
        yield* events;
        yield { nonsense: true } as unknown as CaptureEvent;
      },
    };
    const run = await monitor.startRun({ job, runId: "r" });
    await run.watch(agent, new AbortController().signal);
    const report = await run.finish();
    expect(report.detections).toHaveLength(1);
    expect(report.run.coverage).toMatchObject({ level: "partial", lost: 1 });
  });

  it("tells the caller when an agent breaks, and keeps what it captured", async () => {
    const { monitor } = bench(0);
    const agent: CaptureAgent = {
      name: "breaking",
      async *capture() {
        yield* stray();
        throw new Error("torn off");
      },
    };
    const run = await monitor.startRun({ job, runId: "r" });
    await expect(run.watch(agent, new AbortController().signal)).rejects.toThrow("torn off");
    expect((await run.finish()).detections).toHaveLength(1);
  });
});

describe("a store that fails for a moment", () => {
  it.each(["detections", "calls"] as const)(
    "(its %s) loses nothing: the next try decides and writes",
    async (group) => {
      const store = memoryStore();
      const broken = brokenOnce(store, group);
      const monitor = createMonitor({ store: broken, baseline: { learningRuns: 0 } });
      const run = await monitor.startRun({ job, runId: "r" });
      const events = [...stray(), connect(9, "203.0.113.1", 443, "c"), ...normal()];
      await expect(run.observe(events)).rejects.toThrow("disk full");
      expect(await run.observe(events)).toMatchObject({ stored: 0 });
      const report = await run.finish();
      expect(subjects(report).sort()).toEqual([
        "203.0.113.1:443",
        "a.example:80",
        "evil.example:8443",
      ]);
      const { items } = await store.calls.list(run.key);
      expect(items.map((call) => call.verdict)).toEqual(Array(3).fill("anomalous"));
    },
  );

  function brokenOnce(store: Store, group: "detections" | "calls"): Store {
    let failures = 1;
    const fail = () => {
      failures -= 1;
      if (failures >= 0) throw new Error("disk full");
    };
    const { detections, calls } = store;
    return {
      ...store,
      detections: {
        ...detections,
        record: async (request) => {
          if (group === "detections") fail();
          return detections.record(request);
        },
      },
      calls: {
        ...calls,
        put: async (changed) => {
          if (group === "calls") fail();
          return calls.put(changed);
        },
      },
    };
  }
});

describe("a run that is over", () => {
  it("still tells calls that arrive late", async () => {
    const { monitor } = bench(0);
    const run = await monitor.startRun({ job, runId: "r" });
    await run.observe(normal());
    await run.finish();
    const late = await run.observe([connect(9, "203.0.113.1", 4444, "late")]);
    expect(late.detections.map((detection) => detection.subject)).toEqual(["203.0.113.1:4444"]);
  });

  it("that was cancelled adds what it called, but is no run to rest on", async () => {
    const { monitor } = bench(1);
    const run = await monitor.startRun({ job, runId: "r" });
    await run.observe(normal());
    const report = await run.finish({ outcome: "cancelled" });
    expect(report.baseline).toMatchObject({
      runs: 0,
      endpoints: 1,
      maturity: { level: "learning" },
    });
  });
});

describe("joining a run", () => {
  it("adds what its record does not hold yet", async () => {
    const { monitor, store } = bench(0);
    await monitor.ingest({ run: { job, runId: "r" }, events: normal() });
    const run = await monitor.startRun({ job, runId: "r", commit: "abc" });
    expect(await store.runs.get(run.key)).toMatchObject({ commit: "abc" });
  });

  it("in another mode is refused", async () => {
    const { monitor } = bench(0);
    await monitor.ingest({ run: { job, runId: "r" }, events: normal() });
    const joining = monitor.startRun({ job, runId: "r", mode: "block" });
    await expect(joining).rejects.toThrow("in audit mode already");
  });

  it("cannot be switched to another mode by its events", async () => {
    const { monitor } = bench(0);
    const run = await monitor.startRun({ job, runId: "r", mode: "audit" });
    const block = { id: "b", time: 1, type: "run.started", run: { mode: "block" } };
    await monitor.ingest({ run: { job, runId: "r" }, events: [block, ...stray()] });
    expect((await run.finish()).detections).toHaveLength(1);
  });

  it("that its first event makes is in the mode that this event says", async () => {
    const { monitor } = bench(0);
    const block = { id: "b", time: 1, type: "run.started", run: { mode: "block" } };
    const taken = await monitor.ingest({ run: { job, runId: "r" }, events: [block, ...stray()] });
    expect(taken.detections).toEqual([]);
  });
});

describe("a learning run", () => {
  it("tells a call to the metadata service all the same", async () => {
    const { run } = bench(5);
    const report = await run(connect(7, "169.254.169.254", 80, "c"), ...normal());
    expect(subjects(report)).toEqual(["169.254.169.254:80"]);
  });
});

describe("two monitors on one store", () => {
  it("make one detection of the same events", async () => {
    const store = memoryStore();
    const notifier = collectingNotifier();
    const monitors = [1, 2].map(() =>
      createMonitor({ store, notifiers: [notifier], baseline: { learningRuns: 0 } }),
    );
    const batch = { run: { job, runId: "r" }, events: stray() };
    await Promise.all(monitors.map((monitor) => monitor.ingest(batch)));
    for (const monitor of monitors) await monitor.idle();
    expect((await store.detections.list()).items).toHaveLength(1);
    expect(notifier.told).toHaveLength(1);
  });

  it("never decide on less than the log holds", async () => {
    const store = memoryStore();
    const notifier = collectingNotifier();
    const options = {
      store,
      notifiers: [notifier],
      notifyFrom: "info",
      baseline: { learningRuns: 0 },
    } as const;
    const [one, two] = [createMonitor(options), createMonitor(options)];
    const run = { job, runId: "r" };
    const asked = [
      answer(7, "a.example", "192.0.2.1"),
      answer(7, "b.example", "192.0.2.1"),
      connect(7, "192.0.2.1", 443, "c"),
    ];
    await one.ingest({ run, events: asked });
    await two.ingest({ run, events: [hello("c", "a.example")] });
    await expect
      .poll(
        async () => {
          await Promise.all([one.idle(), two.idle()]);
          return notifier.told.map(({ detection }) => detection.subject);
        },
        { timeout: 20_000 },
      )
      .toEqual(["a.example:443"]);
  });

  it("put the halves of a run together", async () => {
    const store = memoryStore();
    const [one, two] = [1, 2].map(() => createMonitor({ store, baseline: { learningRuns: 0 } }));
    const run = { job, runId: "r" };
    const events = stray();
    for (const [index, event] of events.entries()) {
      await (index % 2 === 0 ? one : two)?.ingest({ run, events: [event] });
    }
    const { items } = await store.detections.list();
    expect(items).toMatchObject([
      { subject: "evil.example:8443", evidence: { call: { commandLine: "node postinstall.js" } } },
    ]);
  });
});

describe("after a crash", () => {
  it("an open run is picked up where its log ends", async () => {
    const store = memoryStore();
    const options = { store, baseline: { learningRuns: 0 } };
    const [first, ...rest] = stray().reverse();
    const run = { job, runId: "r" };
    await createMonitor(options).ingest({ run, events: rest.reverse().slice(0, 3) });
    // The first monitor is gone without a word.
    const restarted = createMonitor(options);
    expect(await restarted.resume()).toBe(1);
    const handle = await restarted.startRun(run);
    await handle.observe([...rest.slice(3), first]);
    const report = await handle.finish();
    expect(report.detections).toHaveLength(1);
    expect(report.detections[0]?.evidence.ancestors).toMatchObject([{ pid: 5 }]);
  });

  it("what was anomalous stays so, though the baseline has learned it", async () => {
    const { run, monitor, store } = bench(1);
    await run(...normal());
    const report = await run(...stray());
    const late = request("c-late", "GET", "x", "/");
    await monitor.ingest({ run: { job, runId: report.run.runId }, events: [late] });
    expect(await store.runs.get(report.run.key)).toMatchObject({ counts: { anomalousCalls: 1 } });
    const calls = await store.calls.list(report.run.key);
    expect(calls.items.map((call) => call.verdict)).toEqual(["anomalous"]);
  });
});

describe("createMonitor", () => {
  it("refuses two notifiers of one name", () => {
    const notifiers = [collectingNotifier("a"), collectingNotifier("a")];
    expect(() => createMonitor({ store: memoryStore(), notifiers })).toThrow(/"a" is taken twice/);
  });

  it("refuses nonsense options and names them", () => {
    const create = () => createMonitor({ store: memoryStore(), baseline: { learningRuns: -1 } });
    expect(create).toThrow(/baseline\.learningRuns/);
  });

  it("refuses a severity that there is not and names the option", () => {
    const notifyFrom = "loud" as Severity;
    const create = () => createMonitor({ store: memoryStore(), notifyFrom });
    expect(create).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", field: "notifyFrom" }),
    );
  });

  it("refuses a run whose fields are wrong and names them", async () => {
    const { monitor } = bench();
    await expect(monitor.startRun({ job, runId: "r", attempt: 0 })).rejects.toThrow(/attempt/);
  });

  it("takes nothing more once it is closed", async () => {
    const { monitor } = bench();
    await monitor.close();
    await expect(monitor.startRun({ job, runId: "r" })).rejects.toThrow(/closed/);
  });
});
