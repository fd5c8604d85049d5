import type { Endpoint } from "../endpoint/endpoint.js";
import type { JobKey, JobRef } from "../job/job.js";
import type { Call } from "../run/call.js";
import type { ProcessRecord } from "../run/process.js";
import type { RunKey } from "../run/run.js";
import type { DetectionStatus, Review } from "./review.js";

/**
 * - `new-endpoint`: a call to an endpoint that the job's baseline does not hold.
 * - `new-behavior`: a call to a known endpoint in a way that it was never called before.
 * - `unusual-traffic`: more bytes, more calls or a longer call than a known endpoint ever sees, or names that carry
 *   data.
 * - `new-job`: the first call of a job that is new to a repository that is watched.
 * - `blocked-call`: a call that the policy of a run in block mode refused.
 */
export const detectionKinds = [
  "new-endpoint",
  "new-behavior",
  "unusual-traffic",
  "new-job",
  "blocked-call",
] as const;
export type DetectionKind = (typeof detectionKinds)[number];

/** From the least to the worst. */
export const severities = ["info", "low", "medium", "high", "critical"] as const;
export type Severity = (typeof severities)[number];

/** Compares severities: negative if `a` is less bad than `b`. */
export function compareSeverity(a: Severity, b: Severity): number {
  return severities.indexOf(a) - severities.indexOf(b);
}

/** The worse of what there is. */
export function worseSeverity(one: Severity | undefined, other: Severity): Severity;
export function worseSeverity(
  one: Severity | undefined,
  other: Severity | undefined,
): Severity | undefined;
export function worseSeverity(one: Severity | undefined, other: Severity | undefined) {
  if (one === undefined || other === undefined) return one ?? other;
  return compareSeverity(other, one) > 0 ? other : one;
}

/** One reason for the severity, in words, and how much it weighs. */
export interface Reason {
  code: string;
  /** Binary logarithm of how much likelier it makes an attack; negative if it speaks against one. Unset before 0.2. */
  bits?: number;
  text: string;
}

/** Everything a person needs to find out why, frozen when the detection is made. */
export interface Evidence {
  call: Call;
  process?: ProcessRecord;
  /** Parent first, up to the first process of the run. */
  ancestors: ProcessRecord[];
  /** What the baseline rested on. */
  baseline: { runs: number; endpoints: number };
}

/** The record of one deviation of one job. */
export interface Detection {
  id: string;
  kind: DetectionKind;
  /**
   * What makes it one: the store records one detection per (job, kind, subject), for ever.
   * The endpoint's key; after it what is new for `new-behavior` and `unusual-traffic`, and the run for `blocked-call`, which is
   * told in each run. `job` for `new-job`.
   */
  subject: string;
  job: JobRef;
  jobKey: JobKey;
  /** The run that first showed it. */
  run: {
    key: RunKey;
    runId: string;
    attempt: number;
    commit?: string;
    ref?: string;
    url?: string;
  };
  endpoint: Endpoint;
  severity: Severity;
  /** The sum of what the reasons weigh; unset before 0.2. */
  score?: number;
  /** The weightiest first. */
  reasons: Reason[];
  /** Of a `new-behavior`: what is new, `lineage:install-script`. */
  newHabits?: string[];
  /**
   * Another endpoint of the same owner, or another new way to call this one, was told before, as bad as this, and
   * nobody had looked at it: it is shown, and told only where `notifyFrom` is `info`.
   */
  repeats?: boolean;
  status: DetectionStatus;
  /** What became of it, the oldest first. */
  reviews?: Review[];
  /** The rule that keeps it quiet, while it is `suppressed`. */
  suppressionId?: string;
  /** When the call was made, epoch milliseconds. */
  occurredAt: number;
  /** When it was recorded. */
  recordedAt: number;
  evidence: Evidence;
}
