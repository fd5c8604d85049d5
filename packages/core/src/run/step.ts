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
});
export type Step = z.infer<typeof stepSchema>;

/** A step in a few words: its name, else its Action, else its id. */
export function stepTitle(step: Step): string {
  if (step.name) return step.name;
  if (!step.action) return step.id;
  return step.action.ref ? `${step.action.name}@${step.action.ref}` : step.action.name;
}
