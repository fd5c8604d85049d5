import { describe, expect, it } from "vitest";
import { exportBaseline, importBaseline } from "../../src/baseline/baseline-file.js";
import { observed } from "../model/observed.js";
import { learnedOften } from "./learned.js";

const baseline = learnedOften(3, [
  observed("api.example.com", {
    requests: [{ method: "POST", route: "/v1", tenant: "a" }],
    step: "s",
  }),
  "198.51.100.7:8443",
]);

describe("a baseline file", () => {
  it("brings back what was exported", () => {
    expect(importBaseline(exportBaseline(baseline))).toEqual(baseline);
  });

  it("of the first version gets its groups from its endpoints", () => {
    const first = {
      version: 1,
      jobKey: "job",
      revision: 7,
      runs: 4,
      endpoints: Object.fromEntries(
        Object.entries(baseline.endpoints).map(([key, { habits: _, group: __, ...rest }]) => [
          key,
          rest,
        ]),
      ),
      forgotten: 0,
    };
    const read = importBaseline(JSON.stringify({ format: "straycall-baseline", baseline: first }));
    expect(read).toMatchObject({ version: 2, revision: 7, runs: 4 });
    expect(Object.keys(read.groups).sort()).toEqual(Object.keys(baseline.groups).sort());
    expect(read.endpoints["api.example.com:443"]?.group).toBe("domain:example.com");
  });

  it.each([
    ["no JSON", "{", /is no JSON/],
    ["another format", '{"format":"other"}', /format/],
    [
      "a later version",
      '{"format":"straycall-baseline","baseline":{"version":99}}',
      /baseline\.version/,
    ],
    ["an amount that is none", exportBaseline(baseline).replace('"runs":3', '"runs":-3'), /runs/],
  ])("that is %s is refused, and the error names the field", (_, file, message) => {
    expect(() => importBaseline(file)).toThrow(message);
    expect(() => importBaseline(file)).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }));
  });
});
