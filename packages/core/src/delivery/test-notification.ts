import { ulid } from "ulid";
import type { Detection } from "../detection/detection.js";
import { jobKey } from "../job/job.js";
import type { Call } from "../run/call.js";
import { runKey } from "../run/run.js";
import type { Notification } from "./notification.js";

const job = { platform: "local", repository: "test/message", workflow: "test", job: "test" };

/** A notification to try a channel with: nothing was called. */
export function testNotification(notifier: string, now: number): Notification {
  const id = ulid(now);
  const key = runKey({ job, runId: "test", attempt: 1 });
  const endpoint = { host: "test.example", port: 443 };
  const call: Call = {
    ...{ id: "test", runKey: key, time: now, endpoint, verdict: "anomalous", transport: "tcp" },
    ...{ addressClass: "public", names: [], processId: "test", pid: 1 },
    ...{ commandLine: "curl https://test.example/", http: [] },
  };
  const detection: Detection = {
    ...{ id, kind: "new-endpoint", subject: "test.example:443", job, jobKey: jobKey(job) },
    ...{ run: { key, runId: "test", attempt: 1 }, endpoint, severity: "info", status: "new" },
    reasons: [{ code: "test", text: "Somebody tries this channel. Nothing was called." }],
    ...{ occurredAt: now, recordedAt: now },
    evidence: { call, ancestors: [], baseline: { runs: 0, endpoints: 0 } },
  };
  return { idempotencyKey: `${id}:${notifier}:test`, detection, links: {}, isTest: true };
}
