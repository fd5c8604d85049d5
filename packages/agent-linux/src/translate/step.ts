import type { Step } from "@straycall/core";

/** The only variables that are read of any process, here and in bpf/environment.h. */
export const stepVariables: ReadonlySet<string> = new Set([
  "GITHUB_ACTION",
  "GITHUB_ACTION_REPOSITORY",
  "GITHUB_ACTION_REF",
  "GITHUB_JOB",
  "GITHUB_WORKFLOW_REF",
  "GITHUB_RUN_ID",
  "GITHUB_RUN_ATTEMPT",
  "RUNNER_NAME",
]);

/** What GitHub's runner says of the step a process belongs to; a `run:` step has no Action. */
export function stepOf(environment: ReadonlyMap<string, string>): Step | undefined {
  const id = environment.get("GITHUB_ACTION")?.slice(0, 256);
  if (!id) return undefined;
  const name = environment.get("GITHUB_ACTION_REPOSITORY")?.slice(0, 512);
  const ref = environment.get("GITHUB_ACTION_REF")?.slice(0, 256);
  if (!name) return { id };
  return { id, action: { name, ...(ref ? { ref } : {}) } };
}
