import { describe, expect, it } from "vitest";
import { nameGrants, portsOfName } from "../../src/block/name-grants.js";
import { type NameRule, parsePolicyRule } from "../../src/block/policy-rule.js";

const grants = (...rules: string[]) =>
  nameGrants(rules.map((rule) => parsePolicyRule(rule) as NameRule));
const ports = (name: string, ...rules: string[]) =>
  [...portsOfName(grants(...rules), name)].sort((one, other) => one - other);

describe("the ports of a name", () => {
  it("are those of all rules that fit, whichever is the longest", () => {
    const rules = ["api.example.com:443", "*.example.com:8443", "ap*.example.com:22", "*.com:80"];
    expect(ports("api.example.com", ...rules)).toEqual([22, 80, 443, 8443]);
    expect(ports("apt.example.com", ...rules)).toEqual([22, 80, 8443]);
    expect(ports("x.api.example.com", ...rules)).toEqual([80, 8443]);
    expect(ports("x.apt.example.com", ...rules)).toEqual([80, 8443]);
    expect(ports("example.com", ...rules)).toEqual([80]);
    expect(ports("com", ...rules)).toEqual([]);
  });

  it("are any, as 0, where one rule has no port", () => {
    expect(ports("api.example.com", "api.example.com:443", "*.example.com")).toEqual([0]);
  });

  it("do not reach names that only look alike", () => {
    expect(ports("evilexample.com", "*.example.com", "example.com")).toEqual([]);
    expect(ports("example.com.evil.net", "*.example.com", "example.com")).toEqual([]);
    expect(ports("a.worker1.example.com", "worker*.example.com")).toEqual([]);
    expect(ports("work.example.com", "worker*.example.com")).toEqual([]);
    expect(ports("example.community", "*.com", "example.com")).toEqual([]);
  });

  it("include a first label that is just what the rule begins with", () => {
    expect(ports("worker.example.com", "worker*.example.com:1")).toEqual([1]);
  });

  it("are at most 16", () => {
    const rules = Array.from({ length: 17 }, (_, port) => `example.com:${port + 1}`);
    expect(() => grants(...rules)).toThrow("more than 16 ports of example.com");
    expect(ports("example.com", ...rules.slice(1))).toHaveLength(16);
  });
});
