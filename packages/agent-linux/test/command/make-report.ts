import type { Call, Detection, ProcessRecord, RunRecord, RunReport } from "@straycall/core";

const job = {
  platform: "local",
  repository: "shop",
  workflow: "command-line",
  job: "demo",
};
const jobKey = "local:shop:command-line:demo";
const runKey = `${jobKey}#r1.1`;

/** A run's report, quiet unless told otherwise. */
export function runReport({
  run = {},
  baseline = {},
  detections = [],
}: {
  run?: Partial<RunRecord>;
  baseline?: Partial<RunReport["baseline"]>;
  detections?: Detection[];
} = {}): RunReport {
  return {
    run: {
      job,
      jobKey,
      key: runKey,
      runId: "r1",
      attempt: 1,
      mode: "audit",
      startedAt: 1_700_000_000_000,
      baselineRuns: 8,
      coverage: { level: "full", lost: 0, reasons: [] },
      counts: { events: 60, processes: 5, calls: 12, anomalousCalls: 0 },
      ...run,
    },
    baseline: {
      runs: 9,
      endpoints: 4,
      maturity: {
        level: "stable",
        runs: 9,
        chanceOfNew: 0.02,
        text: "about 1 run in 50 brings something new",
      },
      ...baseline,
    },
    detections,
  };
}

/** A detection of a call to evil.example:8443 by a script. */
export function newEndpoint({
  host = "evil.example",
  commandLine = "node postinstall.js",
  severity = "medium",
}: {
  host?: string;
  commandLine?: string;
  severity?: Detection["severity"];
} = {}): Detection {
  const process: ProcessRecord = {
    entityId: "p9",
    pid: 9,
    parentPid: 5,
    args: [],
    commandLine,
  };
  const call: Call = {
    id: "c1",
    runKey,
    time: 1_700_000_001_000,
    endpoint: { host, port: 8443 },
    verdict: "anomalous",
    transport: "tcp",
    ip: "198.51.100.6",
    addressClass: "public",
    names: [{ name: host, source: "dns", confidence: "certain" }],
    processId: "p9",
    pid: 9,
    commandLine,
    http: [],
  };
  return {
    id: "d1",
    kind: "new-endpoint",
    subject: `${host}:8443`,
    job,
    jobKey,
    run: { key: runKey, runId: "r1", attempt: 1 },
    endpoint: call.endpoint,
    severity,
    reasons: [{ code: "new-domain", text: `The job never called any host of ${host} before.` }],
    status: "new",
    occurredAt: call.time,
    recordedAt: call.time,
    evidence: {
      call,
      process,
      ancestors: [{ entityId: "p5", pid: 5, args: [], commandLine: "bash build.sh" }],
      baseline: { runs: 8, endpoints: 4 },
    },
  };
}
