import { describe, expect, it } from "vitest";
import { type BlockPolicy, checkPolicy } from "../../src/block/policy.js";
import { linuxAgent } from "../../src/index.js";

describe("a policy", () => {
  it("allows the machine itself, and ends with its agent, unless it says otherwise", () => {
    expect(checkPolicy({ allow: ["192.0.2.1"] })).toMatchObject({
      loopback: true,
      failClosed: false,
    });
    expect(checkPolicy({ allow: [], loopback: false, failClosed: true })).toMatchObject({
      loopback: false,
      failClosed: true,
    });
  });

  it.each<[string, unknown]>([
    ["policy.allow", {}],
    ["policy.allow", { allow: "example.com" }],
    ["policy.allow", { allow: Array(2_049).fill("example.com") }],
    ["policy.allow[1]", { allow: ["example.com", "exa mple"] }],
    ["policy.allow[0]", { allow: [7] }],
    ["policy.resolvers", { allow: [], resolvers: "192.0.2.53" }],
    ["policy.resolvers[0]", { allow: [], resolvers: ["dns.example"] }],
    ["policy.loopback", { allow: [], loopback: "no" }],
    ["policy.failClosed", { allow: [], failClosed: 1 }],
  ])("says that %s is wrong", (field, policy) => {
    const problem = expect.objectContaining({ code: "CONFIG_INVALID", field });
    expect(() => checkPolicy(policy as BlockPolicy)).toThrow(problem);
    expect(() => linuxAgent({ cgroup: "/", policy: policy as BlockPolicy })).toThrow(problem);
  });

  it("is never one for the whole machine", () => {
    const policy = { allow: [] };
    expect(() => linuxAgent({ policy })).toThrow("policy needs a cgroup");
  });
});
