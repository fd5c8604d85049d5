import { describe, expect, it } from "vitest";
import { baselineIndex } from "../../src/baseline/baseline-index.js";
import { learnRun } from "../../src/baseline/learn-run.js";
import { deviationOf } from "../../src/model/deviation.js";
import type { Observation } from "../../src/model/observation.js";
import { learnedOften, sightingsOf } from "../baseline/learned.js";
import { observed } from "./observed.js";

const reads = { method: "GET", route: "/repos/<tenant>/<name>", tenant: "acme" };
const usual = observed("api.github.com", { requests: [reads] });
const stable = learnedOften(30, [
  usual,
  observed("files.example.org", { program: "curl", lineage: "downloader" }),
]);
const deviation = (call: Observation, baseline = stable) =>
  deviationOf(call, baselineIndex(baseline));

describe("a call to an endpoint that the baseline holds", () => {
  it("is no deviation as long as it is made as it always is", () => {
    expect(deviation(usual)).toBeUndefined();
    expect(deviation(observed("api.github.com"))).toBeUndefined();
  });

  it("is one if something is sent where the job only reads, to a stranger's part", () => {
    const theft = { method: "POST", route: "/repos/<tenant>/<name>/issues", tenant: "thief" };
    const found = deviation(observed("api.github.com", { requests: [reads, theft] }));
    expect(found).toMatchObject({ kind: "new-behavior" });
    expect(found?.assessment.severity).toBe("medium");
    expect(found?.newHabits?.toSorted()).toEqual([
      "method:POST",
      "route:POST /repos/<tenant>/<name>/issues",
      "tenant:thief",
    ]);
    expect(found?.assessment.parts.map(({ text }) => text)).toContain(
      "It goes to the part of thief, which the runs before did not call.",
    );
  });

  it("counts for more if the stranger's name is like one that the job knows", () => {
    const bits = (tenant: string) =>
      deviation(observed("api.github.com", { requests: [{ ...reads, tenant }] }))?.assessment
        .bits ?? 0;
    expect(bits("glthub")).toBeGreaterThan(bits("somebody") + 2);
  });

  it("is one if an install script makes it", () => {
    const found = deviation(
      observed("files.example.org", { program: "sh", lineage: "install-script" }),
    );
    expect(found).toMatchObject({
      kind: "new-behavior",
      subject: "files.example.org:443 lineage:install-script",
    });
  });

  it("is none for a mere new route where nearly every run brings one", () => {
    const restless = Array.from({ length: 30 }, (_, run) =>
      observed("api.github.com", {
        requests: [
          { method: "GET", route: `/x/${"abcdefghijklmnopqrstuvwxyzabcd".slice(run, run + 3)}` },
        ],
      }),
    ).reduce((baseline, call) => learnRun(baseline, "job", sightingsOf([call])), stable);
    const call = observed("api.github.com", { requests: [{ method: "GET", route: "/y" }] });
    expect(deviation(call, restless)).toBeUndefined();
  });

  it("is told once: what was told is no deviation in the next run", () => {
    const call = observed("files.example.org", { program: "sh", lineage: "install-script" });
    const sightings = sightingsOf([call]);
    sightings.told("files.example.org:443", deviation(call)?.newHabits);
    expect(deviation(call, learnRun(stable, "job", sightings))).toBeUndefined();
  });
});
