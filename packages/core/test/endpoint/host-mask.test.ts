import { describe, expect, it } from "vitest";
import { maskHost } from "../../src/endpoint/host-mask.js";

describe("maskHost", () => {
  it.each([
    ["cdn3.example.com", "cdn<n>.example.com"],
    ["07.shard.example.com", "<n>.shard.example.com"],
    ["img3-eu.cdn.example.com", "img<n>-<cc>.cdn.example.com"],
    ["e3b0c44298fc1c14.example.com", "<hex>.example.com"],
    ["9f1b6a52-3c1e-4f0a-8b7d-2e5a6c7d8e9f.example.com", "<hex>.example.com"],
    ["x7k9q2m4zz.example.com", "<random>.example.com"],
    ["sqs.us-gov-west-1.example.com", "sqs.<region>.example.com"],
    ["s3-us-west-2.example.com", "s<n>-<region>.example.com"],
    ["europe-west4-docker.example.com", "<region>-docker.example.com"],
    ["us-central1-a.api.example.com", "<region>.api.example.com"],
    ["westeurope.api.example.com", "<region>.api.example.com"],
    ["api-usw2.example.com", "api-<region>.example.com"],
    ["xn--bcher-kva12.example.com", "xn--bcher-kva12.example.com"],
    ["a\\032b.example.com", "a\\032b.example.com"],
    ["status.example.com", "status.example.com"],
    ["business.example.com", "business.example.com"],
    ["example.com", "example.com"],
  ])("writes %s as %s", (host, expected) => {
    expect(maskHost(host, "example.com")).toBe(expected);
  });

  it("takes two letters for a country only where they are a word", () => {
    expect(maskHost("de.example.com", "example.com")).toBe("<cc>.example.com");
    expect(maskHost("demo.example.com", "example.com")).toBe("demo.example.com");
    expect(maskHost("id.example.com", "example.com")).toBe("id.example.com");
  });

  it("leaves alone what it is told to keep, and a host that does not end with it", () => {
    expect(maskHost("a1.node2.example.com", "node2.example.com")).toBe("a<n>.node2.example.com");
    expect(maskHost("a1.example.com", "example.org")).toBe("a1.example.com");
    expect(maskHost("a1example.com", "example.com")).toBe("a1example.com");
  });
});
