import { describe, expect, it } from "vitest";
import type { Baseline } from "../../src/baseline/baseline.js";
import { baselineChangelog } from "../../src/baseline/changelog.js";
import { afterRun, learned } from "./learned.js";

describe("the changelog of a baseline", () => {
  it("tells what each run added, the newest first, and what nobody reviewed", () => {
    const before = learned([["b.example.com", "a.example.com"], ["a.example.com"]]) as Baseline;
    const after = afterRun(before, ["a.example.com", "new.example.org"], ["new.example.org:443"]);
    expect(baselineChangelog(after)).toEqual([
      { run: 3, at: 1001, added: [{ endpoint: "new.example.org:443", unreviewed: true }] },
      {
        run: 1,
        at: 1000,
        added: [
          { endpoint: "a.example.com:443", unreviewed: false },
          { endpoint: "b.example.com:443", unreviewed: false },
        ],
      },
    ]);
  });

  it("is as long as one asks for", () => {
    const baseline = learned([["a.example.com"], ["b.example.com"], ["c.example.com"]]) as Baseline;
    expect(baselineChangelog(baseline, 2).map(({ run }) => run)).toEqual([3, 2]);
  });
});
