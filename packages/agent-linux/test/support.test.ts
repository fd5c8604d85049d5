import { StraycallError } from "@straycall/core";
import { describe, expect, it } from "vitest";
import { type Machine, missingSupport, requireSupport } from "../src/support.js";

const able: Machine = {
  platform: "linux",
  arch: "x64",
  kernel: "6.1.0-13-amd64",
  capabilities: (1n << 41n) - 1n,
  hasProc: true,
  hasKernelTypes: true,
  hasCgroupMount: true,
  isConfidential: false,
};

describe("what capture needs", () => {
  it("is there on a usual machine, as root", () => {
    expect(missingSupport(able)).toEqual([]);
    expect(missingSupport({ ...able, arch: "arm64", kernel: "5.17.0" })).toEqual([]);
  });

  it("is there without root, with the three capabilities", () => {
    const capabilities = (1n << 39n) | (1n << 38n) | (1n << 12n);
    expect(missingSupport({ ...able, capabilities })).toEqual([]);
    expect(missingSupport({ ...able, capabilities: 1n << 39n })).toHaveLength(1);
  });

  it("is Linux before anything else", () => {
    expect(missingSupport({ ...able, platform: "darwin", capabilities: 0n })).toEqual([
      "This is darwin; capture needs Linux.",
    ]);
  });

  it("is /proc before what is read there", () => {
    const missing = missingSupport({ ...able, hasProc: false, capabilities: 0n });
    expect(missing).toEqual([expect.stringContaining("mount -t proc")]);
  });

  it("is told all at once, each with what to do", () => {
    const machine: Machine = {
      platform: "linux",
      arch: "riscv64",
      kernel: "5.4.0-150-generic",
      capabilities: 0n,
      hasProc: true,
      hasKernelTypes: false,
      hasCgroupMount: false,
      isConfidential: true,
    };
    expect(() => requireSupport(machine)).toThrow(StraycallError);
    try {
      requireSupport(machine);
    } catch (error) {
      expect(error).toMatchObject({ code: "CAPTURE_UNSUPPORTED" });
      const { message } = error as Error;
      for (const word of [
        "riscv64",
        "5.4.0",
        "as root",
        "CONFIG_DEBUG_INFO_BTF",
        "mount -t cgroup2",
        "lockdown",
      ]) {
        expect(message).toContain(word);
      }
    }
  });
});
