import { basename } from "node:path";
import type { JobRef, RunFacts } from "@straycall/core";
import { ciJob, knownFacts } from "./ci-systems.js";

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
 * The job that a command belongs to: on a known CI system the job there, elsewhere the command in its folder.
 *
 * A given name stands for the job's; its repository and workflow stay.
 */
export function jobFromEnvironment({ name, command, environment, directory }: JobHints): JobRef {
  const found = ciJob(environment);
  if (found === undefined) {
    return {
      platform: "local",
      repository: basename(directory) || directory,
      workflow: localWorkflow,
      job: name ?? basename(command),
    };
  }
  const { platform, repository, workflow, job } = found;
  return { platform, repository, workflow, job: name ?? job };
}

/** What the environment says of the run. */
export function factsFromEnvironment(environment: NodeJS.ProcessEnv, host: string): RunFacts {
  const facts = knownFacts(ciJob(environment)?.facts ?? {});
  return { mode: "audit", ...(host ? { runner: host } : {}), ...facts };
}
