import { basename } from "node:path";
import type { JobRef, RunFacts } from "@straycall/core";

/** What a command is run as, where no CI platform says so. */
const localWorkflow = "command-line";

export interface JobHints {
  /** What the user named the job. */
  name?: string | undefined;
  command: string;
  environment: NodeJS.ProcessEnv;
  directory: string;
}

/**
 * The job that a command belongs to: in GitHub Actions the job there, elsewhere the command in its folder.
 *
 * A given name stands for the job's; its repository and workflow stay.
 */
export function jobFromEnvironment({ name, command, environment, directory }: JobHints): JobRef {
  const {
    GITHUB_REPOSITORY: repository,
    GITHUB_WORKFLOW_REF: workflowRef,
    GITHUB_JOB: job,
  } = environment;
  if (repository && workflowRef && job) {
    return {
      platform: "github",
      repository,
      workflow: workflowPath(workflowRef, repository),
      job: name ?? job,
    };
  }
  return {
    platform: "local",
    repository: basename(directory) || directory,
    workflow: localWorkflow,
    job: name ?? basename(command),
  };
}

/** `acme/shop/.github/workflows/ci.yml@refs/heads/main` names a branch too, and a branch has no baseline. */
function workflowPath(workflowRef: string, repository: string): string {
  const path = workflowRef.replace(/@.*/s, "");
  return path.startsWith(`${repository}/`) ? path.slice(repository.length + 1) : path;
}

/**
 * What the environment says of the run. The variables are GitHub's
 * (https://docs.github.com/actions/reference/variables-reference).
 */
export function factsFromEnvironment(environment: NodeJS.ProcessEnv, host: string): RunFacts {
  const {
    GITHUB_SHA: commit,
    GITHUB_REF: ref,
    GITHUB_EVENT_NAME: event,
    GITHUB_ACTOR: actor,
    RUNNER_NAME: runner = host,
  } = environment;
  const url = runUrl(environment);
  return {
    mode: "audit",
    ...(commit ? { commit } : {}),
    ...(ref ? { ref } : {}),
    ...(event ? { event } : {}),
    ...(actor ? { actor } : {}),
    ...(runner ? { runner } : {}),
    ...(url ? { url } : {}),
  };
}

function runUrl({
  GITHUB_SERVER_URL: server,
  GITHUB_REPOSITORY: repository,
  GITHUB_RUN_ID: runId,
}: NodeJS.ProcessEnv): string | undefined {
  if (!server || !repository || !runId) return undefined;
  return `${server}/${repository}/actions/runs/${runId}`;
}
