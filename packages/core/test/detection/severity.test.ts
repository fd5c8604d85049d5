import { describe, expect, it } from "vitest";
import { knownHosts } from "../../src/baseline/known-hosts.js";
import { learnRun } from "../../src/baseline/learn-run.js";
import { newEndpointSeverity } from "../../src/detection/severity.js";
import { callTo } from "./call-to.js";

const sighting = { firstSeenAt: 0, lastSeenAt: 0 };
const baseline = learnRun(
  undefined,
  "job",
  new Map([
    ["api.known.example:443", sighting],
    ["good.github.io:443", sighting],
    ["[2001:db8::1]:443", sighting],
  ]),
);

describe("the severity of a new endpoint", () => {
  it.each([
    ["the metadata service", callTo("169.254.169.254", "169.254.169.254", 80), "critical"],
    ["Azure's resolver", callTo("168.63.129.16", "168.63.129.16", 53), "medium"],
    ["a public address without a name", callTo("203.0.113.9", "203.0.113.9"), "high"],
    ["a private address without a name", callTo("10.0.0.9", "10.0.0.9"), "medium"],
    ["a new domain", callTo("evil.example", "203.0.113.9"), "medium"],
    ["another host of a known domain", callTo("cdn.known.example", "203.0.113.9"), "low"],
    ["a known host on another port", callTo("api.known.example", "203.0.113.9"), "low"],
    ["a known IPv6 address on another port", callTo("2001:db8::1", "2001:db8::1", 80), "high"],
    ["another tenant of a shared suffix", callTo("evil.github.io", "203.0.113.9"), "medium"],
  ])("of %s is told with its reason", (_, call, severity) => {
    const verdict = newEndpointSeverity(call, knownHosts(baseline));
    expect(verdict.severity).toBe(severity);
    expect(verdict.reasons[0]?.text).toMatch(/\w/);
  });

  it("says that a name is only claimed", () => {
    const call = callTo("203.0.113.9", "203.0.113.9");
    call.names.push({ name: "api.github.com", source: "tls", confidence: "claimed" });
    const { reasons } = newEndpointSeverity(call, knownHosts(undefined));
    expect(reasons.map((reason) => reason.code)).toContain("unproven-name");
  });

  it("says who gave an address its name where nobody trusted did", () => {
    const call = callTo("203.0.113.9", "203.0.113.9");
    const server = { ip: "127.0.0.1", port: 5_353 };
    call.names.push({ name: "registry.example", source: "dns", confidence: "doubtful", server });
    call.names.push({ name: "registry.example", source: "tls", confidence: "claimed" });
    const { severity, reasons } = newEndpointSeverity(call, knownHosts(undefined));
    expect(severity).toBe("high");
    expect(reasons.map(({ code }) => code)).toEqual(["untrusted-answer"]);
    expect(reasons[0]?.text).toMatch(/registry\.example was said by 127\.0\.0\.1/);
  });
});
