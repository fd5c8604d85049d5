import { describe, expect, it } from "vitest";
import { stepKey } from "../../src/model/step-key.js";

describe("stepKey", () => {
  it("is the Action without a version", () => {
    expect(stepKey({ id: "__a", action: { name: "actions/checkout", ref: "v4" } })).toBe(
      "actions/checkout",
    );
    expect(stepKey({ id: "__a", action: { name: "actions/checkout@v4" } })).toBe(
      "actions/checkout",
    );
    expect(stepKey({ id: "__a", action: { name: "docker://alpine:3.20" } })).toBe(
      "docker://alpine",
    );
    expect(stepKey({ id: "__a", action: { name: "docker://reg.example:5000/x" } })).toBe(
      "docker://reg.example:5000/x",
    );
  });

  it("is the name, else the id with its number", () => {
    expect(stepKey({ id: "__run_2", name: "Test" })).toBe("Test");
    expect(stepKey({ id: "__run_2" })).toBe("__run_2");
  });

  it("is nothing where there is no step", () => {
    expect(stepKey(undefined)).toBeUndefined();
  });

  it("is bounded and visible", () => {
    expect(stepKey({ id: "x", name: "\n".repeat(500) })?.length).toBe(128);
    expect(stepKey({ id: "x", action: { name: "@v4" } })).toBe("x");
    expect(stepKey({ id: "__proto__" })).toBe("__proto__");
  });
});
