import { describe, expect, it } from "vitest";
import {
  factsFromEnvironment,
  jobFromEnvironment,
} from "../../src/command/job-from-environment.js";

const github = {
  GITHUB_REPOSITORY: "acme/shop",
  GITHUB_WORKFLOW_REF: "acme/shop/.github/workflows/ci.yml@refs/heads/a@b",
  GITHUB_JOB: "build",
  GITHUB_RUN_ID: "77",
  GITHUB_SERVER_URL: "https://github.com",
  GITHUB_SHA: "c0ffee",
  GITHUB_REF: "refs/heads/main",
  GITHUB_EVENT_NAME: "push",
  GITHUB_ACTOR: "octocat",
  RUNNER_NAME: "runner-1",
};
const jobOf = (environment: NodeJS.ProcessEnv, name?: string, directory = "/home/me/shop") =>
  jobFromEnvironment({ name, command: "/usr/bin/npm", environment, directory });

describe("the job of a command", () => {
  it("is the one of GitHub Actions there, whatever the branch", () => {
    expect(jobOf(github)).toEqual({
      platform: "github",
      repository: "acme/shop",
      workflow: ".github/workflows/ci.yml",
      job: "build",
    });
  });

  it.each([
    [
      "GitLab CI",
      { GITLAB_CI: "true", CI_PROJECT_PATH: "acme/shop", CI_JOB_NAME: "unit" },
      "gitlab acme/shop .gitlab-ci.yml unit",
    ],
    [
      "Buildkite",
      {
        BUILDKITE_ORGANIZATION_SLUG: "acme",
        BUILDKITE_PIPELINE_SLUG: "shop",
        BUILDKITE_LABEL: "Tests",
      },
      "buildkite acme/shop pipeline Tests",
    ],
    [
      "CircleCI",
      { CIRCLE_PROJECT_USERNAME: "acme", CIRCLE_PROJECT_REPONAME: "shop", CIRCLE_JOB: "test" },
      "circleci acme/shop .circleci/config.yml test",
    ],
    [
      "Jenkins, whatever the branch",
      { JENKINS_URL: "https://j/", JOB_NAME: "acme/shop/feature%2Fx", BRANCH_NAME: "feature/x" },
      "jenkins acme/shop Jenkinsfile build",
    ],
    [
      "Jenkins, a stage of a job without branches",
      { JENKINS_URL: "https://j/", JOB_NAME: "shop", STAGE_NAME: "Test" },
      "jenkins shop Jenkinsfile Test",
    ],
  ])("is the one of %s there", (_, environment, expected) => {
    const { platform, repository, workflow, job } = jobOf(environment);
    expect([platform, repository, workflow, job].join(" ")).toBe(expected);
  });

  it("keeps its repository and workflow under a name of its own", () => {
    expect(jobOf(github, "lint")).toMatchObject({ repository: "acme/shop", job: "lint" });
  });

  it("is the command in its folder elsewhere", () => {
    expect(jobOf({})).toEqual({
      platform: "local",
      repository: "shop",
      workflow: "command-line",
      job: "npm",
    });
    expect(jobOf({}, "demo")).toMatchObject({ platform: "local", job: "demo" });
  });

  it("is a local one where GitHub's variables are not all there", () => {
    expect(jobOf({ ...github, GITHUB_JOB: "" })).toMatchObject({ platform: "local", job: "npm" });
    const { GITHUB_WORKFLOW_REF: _, ...partly } = github;
    expect(jobOf(partly)).toMatchObject({ platform: "local" });
  });

  it("has a repository in the root folder too", () => {
    expect(jobOf({}, undefined, "/")).toMatchObject({ repository: "/" });
  });
});

describe("what is known of a run", () => {
  it("is what GitHub says", () => {
    expect(factsFromEnvironment(github, "host")).toEqual({
      mode: "audit",
      commit: "c0ffee",
      ref: "refs/heads/main",
      event: "push",
      actor: "octocat",
      runner: "runner-1",
      url: "https://github.com/acme/shop/actions/runs/77",
    });
  });

  it("is what other CI systems say, without what is no address", () => {
    const gitlab = { GITLAB_CI: "1", CI_PROJECT_PATH: "acme/shop", CI_JOB_NAME: "unit" };
    const facts = { CI_COMMIT_SHA: "c0ffee", CI_PIPELINE_SOURCE: "push", GITLAB_USER_LOGIN: "eve" };
    expect(
      factsFromEnvironment({ ...gitlab, ...facts, CI_JOB_URL: "https://git.example/1" }, "host"),
    ).toEqual({
      mode: "audit",
      commit: "c0ffee",
      event: "push",
      actor: "eve",
      runner: "host",
      url: "https://git.example/1",
    });
    expect(factsFromEnvironment({ ...gitlab, CI_JOB_URL: "javascript:x" }, "host")).toEqual({
      mode: "audit",
      runner: "host",
    });
  });

  it("is little elsewhere", () => {
    expect(factsFromEnvironment({}, "host")).toEqual({ mode: "audit", runner: "host" });
  });
});
