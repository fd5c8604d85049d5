import { describe, expect, it } from "vitest";
import { linuxAgent } from "../src/index.js";

const wrong = (field: string) => expect.objectContaining({ code: "CONFIG_INVALID", field });

describe("the options of the Linux agent", () => {
  it("take a buffer size that is a power of two", () => {
    expect(linuxAgent({ ringBytes: 1 << 20 }).name).toBe("linux");
    for (const ringBytes of [0, 1, 2048, 5000, Number.NaN, 2 ** 31]) {
      expect(() => linuxAgent({ ringBytes })).toThrow(wrong("ringBytes"));
    }
  });

  it("take a heartbeat from a tenth of a second to an hour", () => {
    expect(linuxAgent({ heartbeatMs: 100 }).name).toBe("linux");
    for (const heartbeatMs of [99, 100.5, Number.NaN, 3_600_001]) {
      expect(() => linuxAgent({ heartbeatMs })).toThrow(wrong("heartbeatMs"));
    }
  });

  it("take addresses for resolvers, and not too many", () => {
    expect(linuxAgent({ resolvers: ["192.0.2.53", "2001:db8::53"] }).name).toBe("linux");
    const many = Array.from({ length: 33 }, () => "192.0.2.53");
    for (const resolvers of [["resolver.example"], many]) {
      expect(() => linuxAgent({ resolvers })).toThrow(wrong("resolvers"));
    }
  });

  it("take a policy for a cgroup only, not for the whole machine", () => {
    expect(() => linuxAgent({ policy: { allow: [] } })).toThrow(wrong("policy"));
  });
});
