import type { Step } from "@straycall/core";

/** What is known of the process: its step variables, and the program that it runs. */
export interface StepHints {
  environment: ReadonlyMap<string, string>;
  executable: string;
}

/** The only variables that are read of any process, here and in bpf/environment.h. None is a secret. */
export const stepVariables: ReadonlySet<string> = new Set([
  "GITHUB_ACTION",
  "GITHUB_ACTION_REPOSITORY",
  "GITHUB_ACTION_REF",
  "GITHUB_JOB",
  "GITHUB_RUN_ID",
  "GITHUB_RUN_ATTEMPT",
  "BUILDKITE_LABEL",
  "BUILDKITE_STEP_KEY",
  "BUILDKITE_STEP_ID",
  "BUILDKITE_JOB_ID",
  "BUILDKITE_PLUGIN_NAME",
  "CI_JOB_STAGE",
  "CI_JOB_NAME",
  "CI_JOB_ID",
  "STAGE_NAME",
  "BUILD_TAG",
  "CIRCLE_JOB",
  "CIRCLE_WORKFLOW_JOB_ID",
]);

type Read = (variable: string) => string | undefined;

/** The step that a process's environment names, in the variables of whichever CI system set them. */
export function stepOf({ environment, executable }: StepHints): Step | undefined {
  const read: Read = (variable) => environment.get(variable) || undefined;
  return (
    githubStep(read) ??
    buildkiteStep(read, executable) ??
    gitlabStep(read) ??
    jenkinsStep(read) ??
    circleStep(read)
  );
}

/** https://docs.github.com/actions/reference/variables-reference; a `run:` step has no Action. */
function githubStep(read: Read): Step | undefined {
  const name = read("GITHUB_ACTION_REPOSITORY");
  const ref = read("GITHUB_ACTION_REF");
  const run = read("GITHUB_RUN_ID");
  return step({
    id: read("GITHUB_ACTION"),
    action: name && { name, ref },
    job: read("GITHUB_JOB"),
    run: run && `${run}.${read("GITHUB_RUN_ATTEMPT") ?? 1}`,
  });
}

/**
 * https://buildkite.com/docs/pipelines/environment-variables
 *
 * Its agent runs a job in a process of its own, which has the step's variables and starts the plugins: each of these
 * is a step's beginning, and that process is none.
 */
function buildkiteStep(read: Read, executable: string): Step | undefined {
  if (executable.endsWith("/buildkite-agent")) return undefined;
  const plugin = read("BUILDKITE_PLUGIN_NAME");
  return step({
    id: read("BUILDKITE_STEP_KEY") ?? read("BUILDKITE_STEP_ID"),
    name: read("BUILDKITE_LABEL"),
    action: plugin && { name: plugin },
    run: read("BUILDKITE_JOB_ID"),
  });
}

/** https://docs.gitlab.com/ci/variables/predefined_variables/; nothing tells the lines of a job's script apart. */
function gitlabStep(read: Read): Step | undefined {
  return step({ id: read("CI_JOB_STAGE"), job: read("CI_JOB_NAME"), run: read("CI_JOB_ID") });
}

/** https://www.jenkins.io/doc/book/pipeline/jenkinsfile/; only a Pipeline has stages. */
function jenkinsStep(read: Read): Step | undefined {
  const run = read("BUILD_TAG");
  // Others may call something STAGE_NAME too.
  return run?.startsWith("jenkins-") ? step({ id: read("STAGE_NAME"), run }) : undefined;
}

/** https://circleci.com/docs/reference/variables/; nothing tells the steps of a job apart. */
function circleStep(read: Read): Step | undefined {
  return step({ id: read("CIRCLE_JOB"), run: read("CIRCLE_WORKFLOW_JOB_ID") });
}

interface StepTexts {
  id: string | undefined;
  name?: string | undefined;
  action?: { name: string; ref?: string | undefined } | "" | undefined;
  job?: string | undefined;
  run?: string | undefined;
}

/** A step no part of which is longer than an event may hold; none without an id. */
function step({ id, name, action, job, run }: StepTexts): Step | undefined {
  if (!id) return undefined;
  return {
    id: id.slice(0, 256),
    ...(name ? { name: name.slice(0, 512) } : {}),
    ...(action ? { action: actionOf(action) } : {}),
    ...(job ? { job: job.slice(0, 512) } : {}),
    ...(run ? { run: run.slice(0, 256) } : {}),
  };
}

function actionOf({ name, ref }: { name: string; ref?: string | undefined }) {
  return { name: name.slice(0, 512), ...(ref ? { ref: ref.slice(0, 256) } : {}) };
}
