import { describe, expect, it } from "vitest";
import type { Baseline } from "../../src/baseline/baseline.js";
import { mergeBaselines } from "../../src/baseline/merge-baselines.js";
import { observed } from "../model/observed.js";
import { afterRun, learned, type RunCalls } from "./learned.js";

const shard = (host: string): RunCalls => [
  "a.example.com",
  observed(host, { program: "curl", requests: [{ method: "GET", route: "/" }] }),
];
const baselineOf = (runs: RunCalls[]) => learned(runs) as Baseline;

describe("merging baselines", () => {
  it("rests on the runs of both, as if the second had been learned after the first", () => {
    const first = [shard("b.example.org"), shard("b.example.org")];
    const second = [shard("b.example.org"), shard("c.example.net")];
    const merged = mergeBaselines(baselineOf(first), baselineOf(second));
    const oneByOne = baselineOf([...first, ...second]);
    expect(merged.runs).toBe(4);
    expect(merged.endpoints).toEqual(withNewRouteRuns(oneByOne, merged));
    expect(merged.groups).toEqual(oneByOne.groups);
    expect(merged.habits).toEqual(oneByOne.habits);
  });

  it("of more than two does not depend on how they are put together", () => {
    const [a, b, c] = ["b.example.org", "c.example.net", "d.example.edu"].map((host) =>
      baselineOf([shard(host), shard(host)]),
    ) as [Baseline, Baseline, Baseline];
    expect(mergeBaselines(mergeBaselines(a, b), c)).toEqual(
      mergeBaselines(a, mergeBaselines(b, c)),
    );
  });

  it("an endpoint stays unreviewed only if it is in both", () => {
    const told = afterRun(undefined, ["x.example.com"], ["x.example.com:443"]);
    const known = afterRun(undefined, ["x.example.com"]);
    expect(mergeBaselines(told, told).endpoints["x.example.com:443"]?.unreviewed).toBe(true);
    const merged = mergeBaselines(told, known).endpoints["x.example.com:443"];
    expect(merged).toMatchObject({ runs: 2, group: "domain:example.com" });
    expect(merged?.unreviewed).toBeUndefined();
  });
});

/** Apart, each baseline met every route once as a new one: the merged one counts a run more. */
function withNewRouteRuns(expected: Baseline, merged: Baseline): Baseline["endpoints"] {
  const endpoints = structuredClone(expected.endpoints);
  for (const [key, { habits }] of Object.entries(endpoints)) {
    const counted = merged.endpoints[key]?.habits?.newRouteRuns;
    if (habits?.newRouteRuns === undefined || counted === undefined) continue;
    expect(counted - habits.newRouteRuns).toBeLessThanOrEqual(1);
    habits.newRouteRuns = counted;
  }
  return endpoints;
}
