import { visibleText } from "../display/visible-text.js";
import type { Step } from "../run/step.js";

const maxLength = 128;

/**
 * What names a step in every run: its Action without a version (`actions/checkout`, `docker://alpine`), else its name,
 * else its id (`__run_2`). At most 128 characters.
 */
export function stepKey(step: Step | undefined): string | undefined {
  if (step === undefined) return undefined;
  const action = step.action && withoutRef(step.action.name);
  return visibleText(action || step.name || step.id, maxLength) || undefined;
}

function withoutRef(action: string): string {
  const [name = ""] = action.split("@", 1);
  return name.startsWith("docker://") ? name.replace(/:[^:/]*$/, "") : name;
}
