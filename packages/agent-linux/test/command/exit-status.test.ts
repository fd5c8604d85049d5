import { describe, expect, it } from "vitest";
import { commandStatus, reachesSeverity } from "../../src/command/exit-status.js";
import { newEndpoint, runReport } from "./make-report.js";

describe("the exit status", () => {
  it("is the command's own", () => {
    expect(commandStatus({ code: 0, signal: null })).toBe(0);
    expect(commandStatus({ code: 42, signal: null })).toBe(42);
  });

  it("is 128 and the number of the signal that killed it", () => {
    expect(commandStatus({ code: null, signal: "SIGTERM" })).toBe(143);
    expect(commandStatus({ code: null, signal: "SIGKILL" })).toBe(137);
    expect(commandStatus({ code: null, signal: "SIGINT" })).toBe(130);
  });

  it("tells of a detection as severe as asked, or worse", () => {
    const report = runReport({ detections: [newEndpoint({ severity: "medium" })] });
    expect(reachesSeverity(report, "low")).toBe(true);
    expect(reachesSeverity(report, "medium")).toBe(true);
    expect(reachesSeverity(report, "high")).toBe(false);
    expect(reachesSeverity(runReport(), "info")).toBe(false);
  });
});
