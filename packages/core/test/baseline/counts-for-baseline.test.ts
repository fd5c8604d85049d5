import { describe, expect, it } from "vitest";
import { type BaselineOptions, baselineOptions } from "../../src/baseline/baseline-options.js";
import { countsForBaseline } from "../../src/baseline/counts-for-baseline.js";
import { callTo } from "../detection/call-to.js";

const counts = (host: string, ip: string, options: BaselineOptions = {}) =>
  countsForBaseline(callTo(host, ip), baselineOptions(options).addresses);

describe("which calls are compared with the baseline", () => {
  it.each([
    ["a public address", "93.184.215.14"],
    ["a private one", "10.1.2.3"],
    ["a link-local one", "169.254.7.7"],
    ["the metadata service", "169.254.169.254"],
    ["a multicast group", "224.0.0.251"],
  ])("by default %s is", (_, ip) => {
    expect(counts(ip, ip)).toBe(true);
  });

  it("by default one on loopback is only if its process asked for a name", () => {
    expect(counts("127.0.0.1", "127.0.0.1")).toBe(false);
    expect(counts("localhost", "127.0.0.1")).toBe(false);
    expect(counts("db.localhost", "127.0.0.1")).toBe(false);
    expect(counts("evil.example", "127.0.0.1")).toBe(true);
  });

  it("each class can be left out, and the others stay", () => {
    const addresses = { private: "none", "link-local": "named", metadata: "none" } as const;
    expect(counts("db.internal.example", "10.1.2.3", { addresses })).toBe(false);
    expect(counts("169.254.7.7", "169.254.7.7", { addresses })).toBe(false);
    expect(counts("printer.example", "169.254.7.7", { addresses })).toBe(true);
    expect(counts("169.254.169.254", "169.254.169.254", { addresses })).toBe(false);
    expect(counts("127.0.0.1", "127.0.0.1", { addresses })).toBe(false);
    expect(counts("224.0.0.251", "224.0.0.251", { addresses })).toBe(true);
  });

  it("what leaves for the public network cannot be left out", () => {
    const addresses = JSON.parse('{"public": "none"}');
    expect(() => baselineOptions({ addresses })).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", field: "baseline.addresses.public" }),
    );
  });

  it("another word for how is refused", () => {
    const addresses = JSON.parse('{"private": "some"}');
    expect(() => baselineOptions({ addresses })).toThrow(
      /baseline\.addresses\.private must be all, named or none/,
    );
  });
});
