import type { Baseline, Delivery, Detection, RecordDetection, RunRecord } from "@straycall/core";

const time = Date.UTC(2026, 0, 1);
const job = { platform: "github", repository: "acme/shop", workflow: "ci.yml", job: "build" };
export const jobKey = "github:acme/shop:ci.yml:build";

export function sampleRun(runId: string): RunRecord {
  return {
    job,
    jobKey,
    runId,
    attempt: 1,
    key: `${jobKey}#${runId}.1`,
    mode: "audit",
    startedAt: time,
    baselineRuns: 0,
    coverage: { level: "full", lost: 0, reasons: [] },
    counts: { events: 0, processes: 0, calls: 0, anomalousCalls: 0 },
  };
}

/** A request to record the detection of one host, to be told through `chat`. */
export function recordRequest(id: string, host: string): RecordDetection {
  const run = sampleRun("1");
  const endpoint = { host, port: 443 };
  const detection: Detection = {
    id,
    kind: "new-endpoint",
    subject: `${host}:443`,
    job,
    jobKey,
    run: { key: run.key, runId: run.runId, attempt: run.attempt },
    endpoint,
    severity: "medium",
    reasons: [{ code: "new-domain", text: "The job never called it before." }],
    status: "new",
    occurredAt: time,
    recordedAt: time,
    evidence: {
      call: {
        id: `call-${id}`,
        runKey: run.key,
        time,
        endpoint,
        verdict: "anomalous",
        transport: "tcp",
        addressClass: "public",
        names: [],
        processId: "p1",
        pid: 7,
        commandLine: "curl",
        http: [],
      },
      ancestors: [],
      baseline: { runs: 5, endpoints: 3 },
    },
  };
  const delivery: Delivery = {
    id: `${id}:chat`,
    detectionId: id,
    notifier: "chat",
    status: "pending",
    dueAt: time,
    attempts: 0,
    createdAt: time,
  };
  return { detection, deliveries: [delivery], baselineRevision: 0 };
}

/** A baseline that rests on two runs, which called these hosts. */
export function baselineCalling(...hosts: string[]): Baseline {
  const endpoint = { firstRun: 1, lastRun: 2, runs: 2, firstSeenAt: time, lastSeenAt: time };
  return {
    version: 2,
    jobKey,
    revision: 1,
    runs: 2,
    endpoints: Object.fromEntries(hosts.map((host) => [`${host}:443`, endpoint])),
    groups: {},
    habits: { programs: {}, lineages: {}, steps: {}, ports: {}, surprises: {} },
    forgotten: 0,
  };
}
