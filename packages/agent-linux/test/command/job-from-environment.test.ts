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

  it("is little elsewhere", () => {
    expect(factsFromEnvironment({}, "host")).toEqual({ mode: "audit", runner: "host" });
  });
});
