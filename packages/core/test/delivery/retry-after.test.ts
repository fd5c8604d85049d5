import { describe, expect, it } from "vitest";
import { readRetryAfter } from "../../src/delivery/retry-after.js";

const now = Date.UTC(2026, 0, 31, 12, 0, 0);

describe("readRetryAfter", () => {
  it.each([
    ["0", 0],
    ["30", 30_000],
    [" 1.5 ", 1_500],
    ["Sat, 31 Jan 2026 12:00:10 GMT", 10_000],
    ["Sat, 31 Jan 2026 11:00:00 GMT", 0],
    ["999999999", 86_400_000],
    ["Sat, 31 Jan 2099 12:00:10 GMT", 86_400_000],
  ])("reads %j", (header, wait) => {
    expect(readRetryAfter(header, now)).toBe(wait);
  });

  it.each([null, undefined, "", "soon", "-5", "1e9", "Infinity", "1".repeat(400)])(
    "leaves %j",
    (header) => {
      expect(readRetryAfter(header, now)).toBeUndefined();
    },
  );
});
