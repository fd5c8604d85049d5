import { describe, expect, it } from "vitest";
import { maxBaselineEndpoints, maxDetailedEndpoints } from "../../src/baseline/forget-old.js";
import { learnRun, reviewEndpoints } from "../../src/baseline/learn-run.js";
import { runSightings } from "../../src/baseline/run-sightings.js";
import { observed } from "../model/observed.js";
import { afterRun, learned, learnedOften, sightingsOf } from "./learned.js";

describe("learning a run", () => {
  it("counts in how many runs an endpoint was called, and when", () => {
    const twice = sightingsOf([]);
    twice.call(observed("a.example.com"), 900);
    twice.call(observed("a.example.com"), 50);
    const one = afterRun(undefined, ["a.example.com", "b.example.com"]);
    const two = learnRun(one, "job", twice);
    expect(two.runs).toBe(2);
    expect(two.endpoints["a.example.com:443"]).toMatchObject({
      firstRun: 1,
      lastRun: 2,
      runs: 2,
      firstSeenAt: 50,
      lastSeenAt: 1000,
    });
    expect(two.endpoints["b.example.com:443"]).toMatchObject({ firstRun: 1, lastRun: 1, runs: 1 });
  });

  it("leaves the baseline before as it was, and survives JSON", () => {
    const one = afterRun(undefined, ["a.example.com"]);
    const before = structuredClone(one);
    const two = afterRun(one, ["a.example.com", "198.51.100.7"]);
    expect(one).toEqual(before);
    expect(JSON.parse(JSON.stringify(two))).toEqual(two);
  });

  it("counts a run once for a group, however many hosts it called there", () => {
    const baseline = learned([
      ["a.example.com", "b.example.com", "c.example.com"],
      ["a.example.com"],
    ]);
    expect(baseline?.groups["domain:example.com"]).toMatchObject({ runs: 2, parent: "names" });
    expect(baseline?.groups.names).toMatchObject({ runs: 2, lineages: { action: 2 } });
  });

  it("a cancelled run adds what it called, and the baseline rests on no more runs", () => {
    const baseline = afterRun(undefined, ["a.example.com"], [], { counts: false });
    expect(baseline.runs).toBe(0);
    expect(baseline.endpoints["a.example.com:443"]).toMatchObject({ runs: 0 });
  });

  it("the order of calls within a run changes nothing, not even of a flood", () => {
    const calls = Array.from({ length: 300 }, (_, index) =>
      observed("api.example.com", {
        program: `tool-${index % 90}`,
        step: `step ${index}`,
        requests: [{ method: "GET", route: `/r${index}`, tenant: `t${index % 150}` }],
      }),
    );
    const inOrder = runSightings();
    for (const call of calls) inOrder.call(call, 1);
    for (const call of calls) inOrder.traffic(call, { bytesOut: 7, durationMs: 3 });
    const backwards = runSightings();
    for (const call of [...calls].reverse()) backwards.call(call, 1);
    for (const call of [...calls].reverse())
      backwards.traffic(call, { bytesOut: 7, durationMs: 3 });
    expect(JSON.stringify(learnRun(undefined, "job", inOrder))).toBe(
      JSON.stringify(learnRun(undefined, "job", backwards)),
    );
  });

  it("values named like parts of an object are values like others", () => {
    const strange = observed("__proto__.example", {
      program: "__proto__",
      step: "constructor",
      requests: [{ method: "GET", route: "/", tenant: "__proto__" }],
    });
    const { habits } = learnedOften(2, [strange]).endpoints["__proto__.example:443"] ?? {};
    expect(Object.entries(habits?.programs ?? {})).toEqual([["__proto__", 2]]);
    expect(Object.entries(habits?.tenants ?? {})).toEqual([["__proto__", 2]]);
  });
});

describe("what was told and not reviewed", () => {
  const told = ["new.example.org:443"];

  it("is marked, and adds nothing to its groups and its job", () => {
    const before = learnedOften(3, ["a.example.com"]);
    const after = afterRun(before, ["a.example.com", "new.example.org"], told);
    expect(after.endpoints["new.example.org:443"]).toMatchObject({ unreviewed: true, runs: 1 });
    expect(after.groups["domain:example.org"]).toBeUndefined();
    expect(after.groups.names?.runs).toBe(4);
    const again = afterRun(after, ["new.example.org"]);
    expect(again.endpoints["new.example.org:443"]).toMatchObject({ unreviewed: true, runs: 2 });
    expect(again.groups["domain:example.org"]).toBeUndefined();
  });

  it("counts from the run after somebody reviewed it", () => {
    const before = afterRun(learnedOften(3, ["a.example.com"]), ["new.example.org"], told);
    const reviewed = reviewEndpoints(before, told);
    expect(reviewed.endpoints["new.example.org:443"]?.unreviewed).toBeUndefined();
    const after = afterRun(reviewed, ["new.example.org"]);
    expect(after.groups["domain:example.org"]).toMatchObject({ runs: 1 });
  });

  it("a habit that was told is kept apart from those that count", () => {
    const call = observed("api.example.com", { lineage: "install-script", program: "curl" });
    const sightings = sightingsOf([call]);
    sightings.told("api.example.com:443", ["lineage:install-script"]);
    const after = learnRun(learnedOften(3, ["api.example.com"]), "job", sightings);
    const { habits } = after.endpoints["api.example.com:443"] ?? {};
    expect(habits).toMatchObject({
      lineages: { action: 3 },
      programs: { node: 3, curl: 1 },
      told: { "lineage:install-script": 1 },
    });
    const again = learnRun(after, "job", sightingsOf([call]));
    expect(again.endpoints["api.example.com:443"]?.habits?.lineages).toEqual({ action: 3 });
  });
});

describe("a baseline stays bounded", () => {
  const flood = (count: number) =>
    Array.from({ length: count }, (_, index) => `h${index}.flood.example:443`);

  it("forgets what was called longest ago, and counts it", () => {
    const old = afterRun(undefined, ["old.example.com"]);
    const flooded = afterRun(old, flood(maxBaselineEndpoints));
    expect(Object.keys(flooded.endpoints)).toHaveLength(maxBaselineEndpoints);
    expect(flooded.endpoints["old.example.com:443"]).toBeUndefined();
    expect(flooded.forgotten).toBe(1);
  });

  it("a flood that was told drives out nothing that counts as evidence", () => {
    const old = afterRun(undefined, ["old.example.com"]);
    const calls = flood(maxBaselineEndpoints);
    const flooded = afterRun(old, calls, calls);
    expect(flooded.endpoints["old.example.com:443"]).toMatchObject({ runs: 1 });
    expect(flooded.forgotten).toBe(1);
  });

  it("remembers the habits of the endpoints called last only", () => {
    const flooded = afterRun(undefined, flood(maxDetailedEndpoints + 10));
    const detailed = Object.values(flooded.endpoints).filter(({ habits }) => habits !== undefined);
    expect(detailed).toHaveLength(maxDetailedEndpoints);
  });

  it("forgets by option what was not called for so many runs", () => {
    const options = { forgetAfterRuns: 3 };
    let baseline = afterRun(undefined, ["old.example.com", "a.example.org"], [], options);
    for (let run = 0; run < 3; run += 1) {
      expect(baseline.endpoints["old.example.com:443"]).toBeDefined();
      baseline = afterRun(baseline, ["a.example.org"], [], options);
    }
    expect(baseline.endpoints["old.example.com:443"]).toBeUndefined();
    expect(baseline.groups["domain:example.com"]).toBeUndefined();
    expect(baseline).toMatchObject({ forgotten: 1 });
  });
});
