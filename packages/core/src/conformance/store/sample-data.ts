import type { Baseline } from "../../baseline/baseline.js";
import { type Delivery, dueDelivery } from "../../delivery/delivery.js";
import type { Detection } from "../../detection/detection.js";
import { endpointKey } from "../../endpoint/endpoint.js";
import type { CaptureEvent } from "../../events/event.js";
import { type JobRef, jobKey } from "../../job/job.js";
import type { Call } from "../../run/call.js";
import { type RunRecord, runKey } from "../../run/run.js";

/** When everything in the samples begins: 2026-01-01, epoch milliseconds. */
export const sampleTime = 1_767_225_600_000;

const sampleJob: JobRef = {
  platform: "github",
  repository: "acme/shop",
  workflow: ".github/workflows/ci.yml",
  job: "build",
};

/** A run of one job; its id and whatever else is given. */
export function sampleRun(runId: string, more: Partial<RunRecord> = {}): RunRecord {
  const { job = sampleJob, attempt = 1 } = more;
  return {
    job,
    runId,
    attempt,
    key: runKey({ job, runId, attempt }),
    jobKey: jobKey(job),
    mode: "audit",
    commit: "0a1b2c3d",
    event: "push",
    startedAt: sampleTime,
    baselineRuns: 0,
    coverage: { level: "full", lost: 0, reasons: [] },
    counts: { events: 0, processes: 0, calls: 0, anomalousCalls: 0 },
    ...more,
  };
}

/** A run of another job of the same repository. */
export function runOfJob(name: string, runId: string, more: Partial<RunRecord> = {}): RunRecord {
  return sampleRun(runId, { job: { ...sampleJob, job: name }, ...more });
}

export function sampleEvent(id: string): CaptureEvent {
  return {
    id,
    // Events have fractions of a millisecond, and they must survive.
    time: sampleTime + 0.25,
    type: "process.exec",
    process: { pid: 7, executable: "/usr/bin/curl", args: ["curl", "-s", `https://${id}.example`] },
  };
}

export function sampleCall(run: RunRecord, id: string, more: Partial<Call> = {}): Call {
  return {
    id,
    runKey: run.key,
    time: sampleTime,
    endpoint: { host: "registry.example", port: 443 },
    verdict: "known",
    transport: "tcp",
    ip: "192.0.2.7",
    addressClass: "public",
    names: [
      { name: "registry.example", source: "dns", confidence: "certain", chain: ["cdn.example"] },
    ],
    processId: "p1",
    pid: 7,
    commandLine: "curl -s https://registry.example",
    http: [{ time: sampleTime + 0.5, method: "GET", path: "/" }],
    ...more,
  };
}

export function sampleDetection(
  run: RunRecord,
  id: string,
  host: string,
  more: Partial<Detection> = {},
): Detection {
  const endpoint = { host, port: 443 };
  return {
    id,
    kind: "new-endpoint",
    subject: endpointKey(endpoint),
    job: run.job,
    jobKey: run.jobKey,
    run: { key: run.key, runId: run.runId, attempt: run.attempt },
    endpoint,
    severity: "medium",
    reasons: [{ code: "new-domain", text: `The job never called any host of ${host} before.` }],
    status: "new",
    occurredAt: sampleTime,
    recordedAt: sampleTime,
    evidence: {
      call: sampleCall(run, `call-${id}`, { endpoint, verdict: "anomalous", detectionId: id }),
      ancestors: [],
      baseline: { runs: 0, endpoints: 0 },
    },
    ...more,
  };
}

export function sampleDelivery(
  detection: Detection,
  notifier: string,
  more: Partial<Delivery> = {},
): Delivery {
  return { ...dueDelivery(detection, notifier), ...more };
}

/** A `learn` that adds one endpoint, and claims a revision that the store must not believe. */
export function learnHost(run: RunRecord, host: string) {
  return (before: Baseline | undefined): Baseline => {
    const runs = (before?.runs ?? 0) + 1;
    return {
      version: 2,
      jobKey: run.jobKey,
      revision: 999,
      runs,
      endpoints: {
        ...before?.endpoints,
        [`${host}:443`]: {
          firstRun: runs,
          lastRun: runs,
          runs: 1,
          firstSeenAt: sampleTime,
          lastSeenAt: sampleTime,
        },
      },
      groups: {},
      habits: { programs: {}, lineages: {}, steps: {}, ports: {}, surprises: {} },
      forgotten: 0,
    };
  };
}
