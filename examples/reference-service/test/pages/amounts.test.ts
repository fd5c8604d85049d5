import { describe, expect, it } from "vitest";
import { agoText, bytesText, countText, durationText } from "../../src/pages/amounts.js";

describe("amounts in words", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_000, "1.0 kB"],
    [99_949, "99.9 kB"],
    [184_213, "184 kB"],
    [999_600, "1.0 MB"],
    [2_500_000_000, "2.5 GB"],
  ])("writes %i bytes as %s", (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });

  it.each([
    [-5, "0 ms"],
    [820, "820 ms"],
    [5_400, "5.4 s"],
    [9_960, "10 s"],
    [125_000, "2 min 5 s"],
    [7_380_000, "2 h 3 min"],
  ])("writes %i milliseconds as %s", (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  it.each([
    [-10_000, "just now"],
    [59_000, "just now"],
    [61_000, "1 min ago"],
    [7_200_000, "2 h ago"],
    [172_800_000, "2 days ago"],
  ])("writes %i milliseconds in the past as %s", (age, text) => {
    expect(agoText(1_767_225_600_000 - age, 1_767_225_600_000)).toBe(text);
  });

  it("counts one and many", () => {
    expect(countText(1, "call")).toBe("1 call");
    expect(countText(12_345, "process", "processes")).toBe("12,345 processes");
  });
});
