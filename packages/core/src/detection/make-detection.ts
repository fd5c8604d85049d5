import { monotonicFactory } from "ulid";
import type { Baseline } from "../baseline/baseline.js";
import { knownHosts } from "../baseline/known-hosts.js";
import { endpointKey } from "../endpoint/endpoint.js";
import type { CallContext } from "../run/call.js";
import type { RunRecord } from "../run/run.js";
import { blockedCallSeverity } from "./blocked-call-severity.js";
import type { Detection, DetectionKind } from "./detection.js";
import { newEndpointSeverity } from "./severity.js";

const nextId = monotonicFactory();

const verdicts = { "new-endpoint": "anomalous", "blocked-call": "blocked" } as const;

/** Makes the detection that tells of a call, with all that is known of the call as evidence. */
export function makeDetection(
  kind: DetectionKind,
  { call, process, ancestors }: CallContext,
  run: RunRecord,
  baseline: Baseline | undefined,
  now: number,
): Detection {
  const known = knownHosts(baseline);
  const { severity, reasons } =
    kind === "blocked-call"
      ? blockedCallSeverity(call, baseline)
      : newEndpointSeverity(call, known);
  const id = nextId(now);
  return structuredClone({
    id,
    kind,
    subject: endpointKey(call.endpoint),
    job: run.job,
    jobKey: run.jobKey,
    run: {
      key: run.key,
      runId: run.runId,
      attempt: run.attempt,
      ...(run.commit === undefined ? {} : { commit: run.commit }),
      ...(run.ref === undefined ? {} : { ref: run.ref }),
      ...(run.url === undefined ? {} : { url: run.url }),
    },
    endpoint: call.endpoint,
    severity,
    reasons,
    status: "new",
    occurredAt: call.time,
    recordedAt: now,
    evidence: {
      call: { ...call, verdict: verdicts[kind], detectionId: id },
      ...(process === undefined ? {} : { process }),
      ancestors,
      baseline: { runs: baseline?.runs ?? 0, endpoints: known.endpoints },
    },
  } satisfies Detection);
}
