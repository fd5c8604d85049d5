import { monotonicFactory } from "ulid";
import type { Baseline } from "../baseline/baseline.js";
import { baselineIndex } from "../baseline/baseline-index.js";
import type { Deviation } from "../model/deviation.js";
import type { Call, CallContext } from "../run/call.js";
import type { RunRecord } from "../run/run.js";
import type { Detection, DetectionKind } from "./detection.js";

const nextId = monotonicFactory();

/** The call as it was told. That its job is new makes no call anomalous. */
function toldCall(call: Call, kind: DetectionKind, detectionId: string): Call {
  if (kind === "new-job") return call;
  return { ...call, verdict: kind === "blocked-call" ? "blocked" : "anomalous", detectionId };
}

/** Makes the detection that tells of a deviating call, with all that is known of the call as evidence. */
export function makeDetection(
  { deviation, repeats }: { deviation: Deviation; repeats: boolean },
  { call, process, ancestors }: CallContext,
  run: RunRecord,
  baseline: Baseline | undefined,
  now: number,
): Detection {
  const { kind, subject, assessment, newHabits } = deviation;
  const id = nextId(now);
  return structuredClone({
    id,
    kind,
    subject,
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
    severity: assessment.severity,
    score: assessment.bits,
    reasons: assessment.parts.map(({ code, bits, text }) => ({ code, bits, text })),
    ...(newHabits === undefined ? {} : { newHabits: [...newHabits] }),
    ...(repeats ? { repeats } : {}),
    status: "new",
    occurredAt: call.time,
    recordedAt: now,
    evidence: {
      call: toldCall(call, kind, id),
      ...(process === undefined ? {} : { process }),
      ancestors,
      baseline: { runs: baseline?.runs ?? 0, endpoints: baselineIndex(baseline).endpoints },
    },
  } satisfies Detection);
}
