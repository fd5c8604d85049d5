import type { Stage } from "../data/job-timeline.js";
import { actionName } from "./job-callers.js";

/** What is new about a job besides its list. */
export interface StageChange {
  /** Actions that the job keeps in another version. */
  bumped: Set<string>;
  /** Actions and tools that the job did not have. */
  sources: Set<string>;
}

export function changeBetween(before: Stage | undefined, after: Stage): StageChange {
  if (!before) return { bumped: new Set(), sources: new Set() };
  const refs = new Set(before.uses);
  const names = new Set(before.uses.map(actionName));
  const changed = after.uses.filter((uses) => !refs.has(uses)).map(actionName);
  return {
    bumped: new Set(changed.filter((action) => names.has(action))),
    sources: new Set([
      ...changed.filter((action) => !names.has(action)),
      ...after.shellTools.filter((tool) => !before.shellTools.includes(tool)),
    ]),
  };
}
