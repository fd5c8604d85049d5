import { describe, expect, it } from "vitest";
import { linuxAgent } from "../src/index.js";

describe("the Linux agent", () => {
  it("takes a buffer size that is a power of two, and says which option is wrong", () => {
    expect(linuxAgent({ ringBytes: 1 << 20 }).name).toBe("linux");
    for (const ringBytes of [0, 1, 2048, 5000, Number.NaN, 2 ** 31]) {
      expect(() => linuxAgent({ ringBytes })).toThrow(
        expect.objectContaining({ code: "CONFIG_INVALID", field: "ringBytes" }),
      );
    }
  });
});
