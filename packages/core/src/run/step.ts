import { z } from "zod";

/** A named part of a run; carries the Action where it is one. */
export const stepSchema = z.object({
  /** What the platform calls it: GitHub's `GITHUB_ACTION`, `__run_2`. */
  id: z.string().min(1).max(256),
  /** What people read. */
  name: z.string().max(512).optional(),
  number: z.int().min(0).max(100_000).optional(),
  /** The Action it runs, `actions/checkout`. */
  action: z
    .object({ name: z.string().min(1).max(512), ref: z.string().max(256).optional() })
    .optional(),
  /** The job it is a step of, as the platform calls it. */
  job: z.string().max(512).optional(),
  /** Which execution of that job: of two jobs on one machine, each has a `__run_2`. */
  run: z.string().max(256).optional(),
});
export type Step = z.infer<typeof stepSchema>;

/**
 * How a step is known.
 *
 * - `environment`: the first process of the step that the runner started says so, and all that came of it belongs to it.
 * - `time`: the platform said that it was running then.
 */
export type StepSource = "environment" | "time";

/** A step as a run went through it. */
export interface RunStep {
  step: Step;
  source: StepSource;
  /** Epoch milliseconds: what the platform says, else of the first process of it. */
  startedAt: number;
  /** What the platform says, else when anything was last heard of its processes; unset while nothing is known. */
  finishedAt?: number;
}

/** Steps that a run's record holds. */
export const maxRunSteps = 200;

/** Whether a step that somebody names cannot be this one. What is left out contradicts nothing. */
export function contradicts(named: Step, step: Step): boolean {
  const differs = (one: string | undefined, other: string | undefined) =>
    one !== undefined && one !== other;
  return (
    differs(named.id, step.id) ||
    differs(named.job, step.job) ||
    differs(named.run, step.run) ||
    differs(named.action?.name, step.action?.name) ||
    differs(named.action?.ref, step.action?.ref)
  );
}

/** A step in a few words: its name, else its Action, else its id. */
export function stepTitle(step: Step): string {
  if (step.name) return step.name;
  if (!step.action) return step.id;
  return step.action.ref ? `${step.action.name}@${step.action.ref}` : step.action.name;
}
