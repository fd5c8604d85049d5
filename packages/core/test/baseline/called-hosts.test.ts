import { describe, expect, it } from "vitest";
import { calledDomains, calledHosts } from "../../src/baseline/called-hosts.js";
import { baselineHolding } from "./baseline-holding.js";

const jobKey = "github:acme/shop:ci.yml:build";

describe("the hosts that others may rest on", () => {
  it("are those that two runs called, since the first call", () => {
    const baseline = baselineHolding(jobKey, {
      "a.example.com:443": {},
      "a.example.com:80": { firstSeenAt: 50 },
      "a.example.com:22": { firstSeenAt: 10, runs: 1 },
      "once.example.com:443": { runs: 1 },
      "[2001:db8::1]:443": {},
    });
    expect([...calledHosts(baseline)]).toEqual([
      ["a.example.com", 50],
      ["2001:db8::1", 100],
    ]);
  });

  it("are none that was told and that nobody reviewed", () => {
    const baseline = baselineHolding(jobKey, { "evil.example:443": { runs: 9, unreviewed: true } });
    expect(calledHosts(baseline).size).toBe(0);
  });

  it("are none without a baseline", () => {
    expect(calledHosts(undefined).size).toBe(0);
  });
});

describe("their domains", () => {
  it("are what one owner registered, since the first of its hosts", () => {
    const hosts = new Map([
      ["a.example.co.uk", 20],
      ["b.example.co.uk", 10],
      ["tenant.github.io", 1],
      ["192.0.2.7", 1],
      ["registry", 1],
    ]);
    expect([...calledDomains(hosts)]).toEqual([["example.co.uk", 10]]);
  });
});
