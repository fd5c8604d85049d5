import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Baseline } from "../../src/baseline/baseline.js";
import { baselineIndex } from "../../src/baseline/baseline-index.js";
import { learnRun } from "../../src/baseline/learn-run.js";
import { runSightings } from "../../src/baseline/run-sightings.js";
import { compareSeverity } from "../../src/detection/detection.js";
import { endpointKey } from "../../src/endpoint/endpoint.js";
import { addsEvidence, deviationOf, isWorthTelling } from "../../src/model/deviation.js";
import { type Lineage, lineages, type Observation } from "../../src/model/observation.js";
import { learnedOften } from "../baseline/learned.js";
import { observed } from "./observed.js";

/** What the job does in every run. */
const usual = [
  observed("api.example.com", { requests: [{ method: "GET", route: "/v1" }] }),
  observed("registry.example.org", { program: "npm", lineage: "package-manager" }),
  observed("buildresults1.blob.core.windows.net"),
  observed("api.github.com", {
    requests: [{ method: "GET", route: "/repos/<tenant>/<name>", tenant: "acme" }],
  }),
];

const sends = [{ method: "POST", route: "/" }];

/** What an attacker may try in a later run: places where the hostile one did not go. */
const laterCalls: Observation[] = [
  observed("drop.blob.core.windows.net", { requests: sends }),
  observed("collector.workers.dev", { requests: sends }),
  observed("203.0.113.9", { program: "curl", lineage: "downloader" }),
  observed("169.254.169.254:80", { program: "curl", lineage: "tool" }),
  observed("collector.example.net", { program: "curl", lineage: "downloader", requests: sends }),
  observed("api.example.com", { program: "sh", lineage: "install-script", requests: sends }),
  observed("api.github.com", {
    requests: [{ method: "POST", route: "/repos/<tenant>/<name>/issues", tenant: "thief" }],
  }),
];

const label = fc.stringMatching(/^[a-z]{1,12}[0-9]{0,3}$/);
const hostileHost = fc.oneof(
  label.map((name) => `${name}.blob.core.windows.net`),
  label.map((name) => `${name}.workers.dev`),
  label.map((name) => `${name}.example.net`),
  fc.tuple(label, label).map(([one, two]) => `${one}.${two}.com`),
  fc.ipV4(),
  fc.constantFrom("api.example.com", "registry.example.org", "api.github.com"),
);
const hostileCall = fc
  .record({
    host: hostileHost,
    port: fc.constantFrom(443, 443, 80, 22, 8443),
    program: fc.constantFrom("node", "npm", "curl", "sh", "python"),
    // Those of later calls are the later calls' own: a lineage that was seen is not another one.
    lineage: fc.constantFrom(
      ...lineages.filter((lineage): lineage is Lineage => !isLater(lineage)),
    ),
    requests: fc.array(
      fc.record({
        method: fc.constantFrom("GET", "POST", "PUT"),
        route: label.map((name) => `/${name}`),
        tenant: fc.option(label, { nil: undefined }),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ host, port, ...more }) => observed(`${host}:${port}`, more as Partial<Observation>))
  .filter((call) => !laterCalls.some((later) => sameHost(later, call) && !isUsual(call)));

function isLater(lineage: Lineage) {
  return lineage === "install-script" || lineage === "downloader" || lineage === "tool";
}
const sameHost = (one: Observation, other: Observation) =>
  one.endpoint.host === other.endpoint.host;
const isUsual = (call: Observation) => usual.some((other) => sameHost(other, call));

/** Judges and learns a run as a monitor does. */
function afterRunOf(
  baseline: Baseline,
  calls: readonly Observation[],
  isLearning: boolean,
): Baseline {
  const index = baselineIndex(baseline);
  const sightings = runSightings();
  for (const call of calls) sightings.call(call, 1);
  for (const call of calls) {
    const deviation = deviationOf(call, index);
    if (deviation === undefined || !isWorthTelling(deviation, isLearning)) continue;
    if (addsEvidence({ severity: deviation.assessment.severity, status: "new" })) continue;
    sightings.told(endpointKey(call.endpoint), deviation.newHabits);
  }
  return learnRun(baseline, "job", sightings);
}

const severityOf = (call: Observation, baseline: Baseline) =>
  deviationOf(call, baselineIndex(baseline))?.assessment.severity;

const hostileRun = fc.array(hostileCall, { minLength: 1, maxLength: 200 });
const runs = { numRuns: 150, seed: 4 };

describe("a hostile run", () => {
  it("makes no later call to another tenant, address, domain or lineage look less bad", () => {
    const property = fc.property(fc.constantFrom(5, 30, 100), hostileRun, (learned, hostile) => {
      const before = learnedOften(learned, usual);
      const after = afterRunOf(before, [...usual, ...hostile], false);
      for (const call of laterCalls) {
        const [was, is] = [severityOf(call, before), severityOf(call, after)];
        expect(was).toBeDefined();
        expect(is).toBeDefined();
        if (was === undefined || is === undefined) continue;
        // What was told of an endpoint's calls is not told again there; what else is new about them is.
        const least = isUsual(call) ? "medium" : was;
        expect(compareSeverity(is, least)).toBeGreaterThanOrEqual(0);
      }
    });
    fc.assert(property, runs);
  });

  it("among the learning runs makes none look normal either", () => {
    const property = fc.property(fc.constantFrom(0, 2, 4), hostileRun, (place, hostile) => {
      let baseline = learnedOften(place + 1, usual);
      baseline = afterRunOf(baseline, [...usual, ...hostile], true);
      for (let run = place + 2; run < 6; run += 1) baseline = afterRunOf(baseline, usual, true);
      for (const call of laterCalls) {
        const is = severityOf(call, baseline);
        expect(is).toBeDefined();
        expect(is).not.toBe("info");
      }
    });
    fc.assert(property, runs);
  });

  it("that was told at low or above adds nothing to what others are judged by", () => {
    const property = fc.property(hostileRun, (hostile) => {
      const before = learnedOften(30, usual);
      const index = baselineIndex(before);
      const suspicious = hostile.filter((call) => {
        const severity = deviationOf(call, index)?.assessment.severity;
        return !isUsual(call) && severity !== undefined && severity !== "info";
      });
      const quiet = afterRunOf(before, usual, false);
      const after = afterRunOf(before, [...usual, ...suspicious], false);
      expect(after.groups).toEqual(quiet.groups);
      expect(after.habits).toEqual(quiet.habits);
    });
    fc.assert(property, runs);
  });
});
