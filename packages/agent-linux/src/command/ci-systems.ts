import type { JobRef, RunFacts } from "@straycall/core";

/** What a CI system says of the job in its variables; texts that are missing or empty are left out. */
export interface CiJob {
  platform: string;
  repository: string | undefined;
  workflow: string | undefined;
  job: string | undefined;
  facts: { [fact in "commit" | "ref" | "event" | "actor" | "runner" | "url"]?: string | undefined };
}

type Environment = NodeJS.ProcessEnv;

/** The job that one of the known CI systems runs this in; `undefined` where none says all that names a job. */
export function ciJob(environment: Environment): (JobRef & Pick<CiJob, "facts">) | undefined {
  for (const read of [githubJob, gitlabJob, buildkiteJob, circleJob, jenkinsJob]) {
    const { repository, workflow, job, ...rest } = read(environment);
    if (repository && workflow && job) return { repository, workflow, job, ...rest };
  }
  return undefined;
}

/** What is known of the run, each no longer than a run may hold. */
export function knownFacts({ commit, ref, event, actor, runner, url }: CiJob["facts"]): RunFacts {
  return {
    ...(commit ? { commit: commit.slice(0, 128) } : {}),
    ...(ref ? { ref: ref.slice(0, 512) } : {}),
    ...(event ? { event: event.slice(0, 64) } : {}),
    ...(actor ? { actor: actor.slice(0, 256) } : {}),
    ...(runner ? { runner: runner.slice(0, 256) } : {}),
    ...(url && /^https?:\/\/./.test(url) && URL.canParse(url) && url.length <= 2048 ? { url } : {}),
  };
}

/** https://docs.github.com/actions/reference/variables-reference */
function githubJob(env: Environment): CiJob {
  const { GITHUB_REPOSITORY: repository, GITHUB_WORKFLOW_REF: workflowRef } = env;
  const { GITHUB_SERVER_URL: server, GITHUB_RUN_ID: run } = env;
  return {
    platform: "github",
    repository,
    workflow: workflowRef && repository && workflowPath(workflowRef, repository),
    job: env.GITHUB_JOB,
    facts: {
      commit: env.GITHUB_SHA,
      ref: env.GITHUB_REF,
      event: env.GITHUB_EVENT_NAME,
      actor: env.GITHUB_ACTOR,
      runner: env.RUNNER_NAME,
      url: server && run && `${server}/${repository}/actions/runs/${run}`,
    },
  };
}

/** `acme/shop/.github/workflows/ci.yml@refs/heads/main` names a branch too, and a branch has no baseline. */
function workflowPath(workflowRef: string, repository: string): string {
  const path = workflowRef.replace(/@.*/s, "");
  return path.startsWith(`${repository}/`) ? path.slice(repository.length + 1) : path;
}

/** https://docs.gitlab.com/ci/variables/predefined_variables/ */
function gitlabJob(env: Environment): CiJob {
  return {
    platform: "gitlab",
    repository: env.CI_PROJECT_PATH,
    workflow: env.CI_CONFIG_PATH || ".gitlab-ci.yml",
    job: env.GITLAB_CI && env.CI_JOB_NAME,
    facts: {
      commit: env.CI_COMMIT_SHA,
      ref: env.CI_COMMIT_REF_NAME,
      event: env.CI_PIPELINE_SOURCE,
      actor: env.GITLAB_USER_LOGIN,
      runner: env.CI_RUNNER_DESCRIPTION,
      url: env.CI_JOB_URL,
    },
  };
}

/** https://buildkite.com/docs/pipelines/environment-variables; the pipeline stands for the repository. */
function buildkiteJob(env: Environment): CiJob {
  const { BUILDKITE_ORGANIZATION_SLUG: organization, BUILDKITE_PIPELINE_SLUG: pipeline } = env;
  return {
    platform: "buildkite",
    repository: organization && pipeline && `${organization}/${pipeline}`,
    workflow: "pipeline",
    job: env.BUILDKITE_STEP_KEY || env.BUILDKITE_LABEL,
    facts: {
      commit: env.BUILDKITE_COMMIT,
      ref: env.BUILDKITE_BRANCH,
      event: env.BUILDKITE_SOURCE,
      actor: env.BUILDKITE_BUILD_CREATOR,
      runner: env.BUILDKITE_AGENT_NAME,
      url: env.BUILDKITE_BUILD_URL,
    },
  };
}

/** https://circleci.com/docs/reference/variables/ */
function circleJob(env: Environment): CiJob {
  const { CIRCLE_PROJECT_USERNAME: owner, CIRCLE_PROJECT_REPONAME: name } = env;
  return {
    platform: "circleci",
    repository: owner && name && `${owner}/${name}`,
    workflow: ".circleci/config.yml",
    job: env.CIRCLE_JOB,
    facts: {
      commit: env.CIRCLE_SHA1,
      ref: env.CIRCLE_BRANCH || env.CIRCLE_TAG,
      actor: env.CIRCLE_USERNAME,
      url: env.CIRCLE_BUILD_URL,
    },
  };
}

/** https://www.jenkins.io/doc/book/pipeline/jenkinsfile/; a multibranch job's name ends in its branch. */
function jenkinsJob(env: Environment): CiJob {
  const branch = env.BRANCH_NAME;
  const suffix = branch ? `/${encodeURIComponent(branch)}` : "";
  const name = env.JENKINS_URL && env.JOB_NAME;
  return {
    platform: "jenkins",
    repository: suffix && name?.endsWith(suffix) ? name.slice(0, -suffix.length) : name,
    workflow: "Jenkinsfile",
    job: env.STAGE_NAME || "build",
    facts: {
      commit: env.GIT_COMMIT,
      ref: branch || env.GIT_BRANCH,
      runner: env.NODE_NAME,
      url: env.BUILD_URL,
    },
  };
}
