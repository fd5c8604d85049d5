import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { packageFile } from "../../src/package-file.js";
import { stepOf, stepVariables } from "../../src/translate/step.js";

const step = (variables: Record<string, string>, executable = "/usr/bin/bash") =>
  stepOf({ environment: new Map(Object.entries(variables)), executable });

describe("the step of a process", () => {
  it("is what GitHub's runner says, with its Action, job and run", () => {
    expect(
      step({
        GITHUB_ACTION: "setup",
        GITHUB_ACTION_REPOSITORY: "actions/setup-node",
        GITHUB_ACTION_REF: "v4",
        GITHUB_JOB: "build",
        GITHUB_RUN_ID: "77",
        GITHUB_RUN_ATTEMPT: "2",
      }),
    ).toEqual({
      id: "setup",
      action: { name: "actions/setup-node", ref: "v4" },
      job: "build",
      run: "77.2",
    });
  });

  it("has no Action where GitHub's step is a script", () => {
    expect(step({ GITHUB_ACTION: "__run_2", GITHUB_ACTION_REPOSITORY: "" })).toEqual({
      id: "__run_2",
    });
  });

  it("is Buildkite's step by its key, with its label, and the plugin that runs", () => {
    const variables = {
      BUILDKITE_STEP_KEY: "tests",
      BUILDKITE_STEP_ID: "0190-aa",
      BUILDKITE_LABEL: ":hammer: Tests",
      BUILDKITE_JOB_ID: "0190-bb",
    };
    const tests = { id: "tests", name: ":hammer: Tests", run: "0190-bb" };
    expect(step(variables)).toEqual(tests);
    expect(step({ ...variables, BUILDKITE_STEP_KEY: "" })).toEqual({ ...tests, id: "0190-aa" });
    expect(step({ ...variables, BUILDKITE_PLUGIN_NAME: "DOCKER_COMPOSE" })).toEqual({
      ...tests,
      action: { name: "DOCKER_COMPOSE" },
    });
  });

  it("is not that of Buildkite's own agent, which starts the step's plugins", () => {
    expect(step({ BUILDKITE_STEP_KEY: "tests" }, "/usr/bin/buildkite-agent")).toBeUndefined();
  });

  it("is the stage of GitLab's job", () => {
    expect(step({ CI_JOB_STAGE: "test", CI_JOB_NAME: "unit", CI_JOB_ID: "4711" })).toEqual({
      id: "test",
      job: "unit",
      run: "4711",
    });
  });

  it("is the stage of Jenkins's pipeline, and of nobody else's", () => {
    expect(step({ STAGE_NAME: "Build", BUILD_TAG: "jenkins-shop-main-42" })).toEqual({
      id: "Build",
      run: "jenkins-shop-main-42",
    });
    expect(step({ STAGE_NAME: "Build" })).toBeUndefined();
    expect(step({ BUILD_TAG: "jenkins-shop-main-42" })).toBeUndefined();
  });

  it("is CircleCI's job", () => {
    expect(step({ CIRCLE_JOB: "test", CIRCLE_WORKFLOW_JOB_ID: "5f0c" })).toEqual({
      id: "test",
      run: "5f0c",
    });
  });

  it("is unknown without an id, and never longer than an event may hold", () => {
    expect(step({ GITHUB_ACTION_REPOSITORY: "a/b" })).toBeUndefined();
    expect(step({ GITHUB_ACTION: "" })).toBeUndefined();
    expect(step({ GITHUB_ACTION: "x".repeat(500) })?.id).toHaveLength(256);
  });
});

describe("the variables that are read", () => {
  const source = readFileSync(packageFile("bpf/environment.h"), "utf8");
  const inKernel = Array.from(
    source.matchAll(/starts_with\(variable, "(\w+)="\)/g),
    ([, name]) => name,
  );

  it("are the same in the kernel and here", () => {
    expect(new Set(inKernel)).toEqual(stepVariables);
    expect(inKernel).toHaveLength(stepVariables.size);
  });

  it("are each found by the eight bytes that the kernel side looks at first", () => {
    const starts = Array.from(source.matchAll(/START\("(.{8})"\)\)([^;]*);/g));
    const found = starts.flatMap(([, start = "", names = ""]) =>
      Array.from(names.matchAll(/"(\w+)="/g), ([, name = ""]) => name.startsWith(start) && name),
    );
    expect(new Set(found)).toEqual(stepVariables);
  });

  it("are no secrets", () => {
    const secret = /TOKEN|SECRET|PASSWORD|KEY$|CONFIGURATION|COOKIE/;
    const suspicious = [...stepVariables].filter((name) => secret.test(name));
    // The key of a Buildkite step is its name.
    expect(suspicious).toEqual(["BUILDKITE_STEP_KEY"]);
  });
});
