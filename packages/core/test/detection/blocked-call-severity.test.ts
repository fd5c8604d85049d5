import { describe, expect, it } from "vitest";
import { learnRun } from "../../src/baseline/learn-run.js";
import { blockedCallSeverity } from "../../src/detection/blocked-call-severity.js";
import { callTo } from "./call-to.js";

const sighting = { firstSeenAt: 0, lastSeenAt: 0 };
const baseline = learnRun(undefined, "job", new Map([["api.known.example:443", sighting]]));

const codes = (...of: Parameters<typeof blockedCallSeverity>) =>
  blockedCallSeverity(...of).reasons.map(({ code }) => code);

describe("the severity of a blocked call", () => {
  it.each([
    ["the metadata service", callTo("169.254.169.254", "169.254.169.254", 80), "critical"],
    ["a public address without a name", callTo("203.0.113.9", "203.0.113.9"), "high"],
    ["a new domain", callTo("evil.example", "203.0.113.9"), "medium"],
    ["another host of a known domain", callTo("cdn.known.example", "203.0.113.9"), "medium"],
    ["what the job called in audit mode", callTo("api.known.example", "203.0.113.9"), "medium"],
  ])("to %s", (_, call, severity) => {
    expect(blockedCallSeverity(call, baseline).severity).toBe(severity);
  });

  it("says first that the policy refused it", () => {
    expect(codes(callTo("169.254.169.254", "169.254.169.254", 80), undefined)).toEqual([
      "refused-by-policy",
      "metadata-service",
    ]);
    expect(codes(callTo("evil.example", "203.0.113.9"), baseline)).toEqual([
      "refused-by-policy",
      "new-domain",
    ]);
  });

  it("says that a policy may be too narrow where the job called the endpoint before", () => {
    expect(codes(callTo("api.known.example", "203.0.113.9"), baseline)).toContain("known-endpoint");
  });

  it("does not claim that a job never called a domain of which nothing was learned", () => {
    expect(codes(callTo("evil.example", "203.0.113.9"), undefined)).toEqual(["refused-by-policy"]);
  });
});
