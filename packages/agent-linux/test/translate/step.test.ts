import { describe, expect, it } from "vitest";
import { stepOf } from "../../src/translate/step.js";

const step = (variables: Record<string, string>) => stepOf(new Map(Object.entries(variables)));

describe("the step of a process", () => {
  it("is what GitHub's runner says", () => {
    expect(
      step({
        GITHUB_ACTION: "setup",
        GITHUB_ACTION_REPOSITORY: "actions/setup-node",
        GITHUB_ACTION_REF: "v4",
      }),
    ).toEqual({ id: "setup", action: { name: "actions/setup-node", ref: "v4" } });
  });

  it("has no Action where the step is a script", () => {
    expect(step({ GITHUB_ACTION: "__run_2", GITHUB_ACTION_REPOSITORY: "" })).toEqual({
      id: "__run_2",
    });
  });

  it("is unknown without an id, and never longer than an event may hold", () => {
    expect(step({ GITHUB_ACTION_REPOSITORY: "a/b" })).toBeUndefined();
    expect(step({ GITHUB_ACTION: "" })).toBeUndefined();
    expect(step({ GITHUB_ACTION: "x".repeat(500) })?.id).toHaveLength(256);
  });
});
