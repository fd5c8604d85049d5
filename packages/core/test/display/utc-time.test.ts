import { describe, expect, it } from "vitest";
import { utcTime } from "../../src/index.js";

describe("utcTime", () => {
  it("writes a time to the second", () => {
    expect(utcTime(Date.UTC(2026, 0, 31, 13, 37, 0, 250.75))).toBe("2026-01-31 13:37:00 UTC");
  });

  it("writes the last time an event can have", () => {
    expect(utcTime(8.64e15)).toBe("+275760-09-13 00:00:00 UTC");
  });
});
