import { z } from "zod";
import { type JobKey, jobKey, jobRefSchema } from "../job/job.js";
import type { RunStep } from "./step.js";

/** `audit` learns and alerts on anomalies; `block` enforces a policy, learns nothing, detects no anomalies. */
export const runModeSchema = z.enum(["audit", "block"]);
export type RunMode = z.infer<typeof runModeSchema>;

export const runOutcomeSchema = z.enum(["success", "failure", "cancelled", "unknown"]);
export type RunOutcome = z.infer<typeof runOutcomeSchema>;

/**
 * Which run: one execution of a job; a re-run of the same run counts `attempt` up.
 *
 * Matrix legs share the job, and on GitHub the run's number too: give each a `runId` of its own (`4711-linux`), or
 * the first one to finish ends the run for all.
 */
export const runRefSchema = z.object({
  job: jobRefSchema,
  runId: z.string().min(1).max(256),
  attempt: z.int().min(1).max(100_000).default(1),
});
export type RunRef = z.infer<typeof runRefSchema>;

/** What is known of a run from outside; everything here may arrive late or never. */
export const runFactsSchema = z.object({
  mode: runModeSchema.optional(),
  commit: z.string().max(128).optional(),
  ref: z.string().max(512).optional(),
  /** What triggered it: `push`, `pull_request`, `schedule`. */
  event: z.string().max(64).optional(),
  actor: z.string().max(256).optional(),
  /** Name of the machine. */
  runner: z.string().max(256).optional(),
  /** Where the platform shows the run. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .optional(),
  /** Epoch milliseconds. */
  startedAt: z.number().min(0).max(8.64e15).optional(),
});
export type RunFacts = z.infer<typeof runFactsSchema>;

export const runStartSchema = runRefSchema.extend(runFactsSchema.shape);
/** What `monitor.startRun` takes; `attempt` is 1 and `mode` is `audit` where nothing is said. */
export type RunStart = z.input<typeof runStartSchema>;

/** A run as one string: its job's key, `#`, run id, `.`, attempt. */
export type RunKey = string;

export function runKey(run: RunRef): RunKey {
  // A job may have a # in its name; the first one in a run key ends the job's.
  return `${jobKey(run.job).replaceAll("#", "%23")}#${run.runId}.${run.attempt}`;
}

/** How much of a run was seen. */
export interface Coverage {
  level: "full" | "partial" | "none";
  /** Events that the capture said it lost. */
  lost: number;
  /** Why it is not full, one sentence each. */
  reasons: string[];
}

export interface RunCounts {
  events: number;
  processes: number;
  calls: number;
  /** Calls to endpoints that the baseline did not hold. */
  anomalousCalls: number;
  /** Programs started with an environment that names another step than their own. Unset where there was none. */
  contradictedSteps?: number;
  /** Calls that the policy refused. Unset in runs recorded before there were any. */
  blockedCalls?: number;
}

/** Whether a run has calls that a detection tells of. */
export function hasFindings({ counts: { anomalousCalls, blockedCalls = 0 } }: RunRecord): boolean {
  return anomalousCalls + blockedCalls > 0;
}

/** One execution of a job, as the store keeps it. */
export interface RunRecord extends RunRef {
  key: RunKey;
  jobKey: JobKey;
  mode: RunMode;
  commit?: string | undefined;
  ref?: string | undefined;
  event?: string | undefined;
  actor?: string | undefined;
  runner?: string | undefined;
  url?: string | undefined;
  /** Epoch milliseconds, as all times here. */
  startedAt: number;
  finishedAt?: number;
  /** Unset while it runs. */
  outcome?: RunOutcome;
  /** How many runs its job's baseline had learned when it started: decides whether it is a learning run. */
  baselineRuns: number;
  coverage: Coverage;
  counts: RunCounts;
  /** Its steps in the order they began, the first {@link maxRunSteps}. Unset while none is known. */
  steps?: RunStep[];
  /** When anything came from a capture agent that promised heartbeats; unset if none did. */
  lastHeardAt?: number;
}
