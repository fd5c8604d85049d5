import { describe, expect, it } from "vitest";
import { baselineIndex } from "../../src/baseline/baseline-index.js";
import { learnRun } from "../../src/baseline/learn-run.js";
import { runSightings } from "../../src/baseline/run-sightings.js";
import { trafficWatch } from "../../src/monitor/traffic-watch.js";
import type { Call } from "../../src/run/call.js";
import { learnedOften } from "../baseline/learned.js";
import { observed } from "../model/observed.js";

const hosts = Array.from("abcdefghijklmnopqrst", (letter) => observed(`${letter}.example.com`));

/** A job whose runs move a thousand bytes at each of its endpoints. */
const steady = Array.from({ length: 20 }).reduce<ReturnType<typeof learnedOften>>(
  (before) => {
    const sightings = runSightings();
    const watch = trafficWatch({ index: baselineIndex(before) }, sightings);
    for (const observation of hosts) {
      sightings.call(observation, 1);
      watch.ended(over(1_000), observation);
      watch.deviation(observation);
    }
    return learnRun(before, "job", sightings, { surprises: watch.surprises() });
  },
  learnedOften(1, hosts),
);

function over(bytesOut: number): Call {
  return { bytesOut, durationMs: 100 } as Call;
}

describe("the traffic of a run", () => {
  it("adds up over the calls of one program to one place, each call once", () => {
    const watch = trafficWatch({ index: baselineIndex(steady) }, runSightings());
    const [observation] = hosts;
    if (observation === undefined) throw new Error("no host");
    const call = over(1_000);
    watch.ended(call, observation);
    watch.ended(call, observation);
    expect(watch.deviation(observation)).toBeUndefined();
    for (let count = 0; count < 20; count += 1) watch.ended(over(1_000_000), observation);
    expect(watch.deviation(observation)).toMatchObject({
      kind: "unusual-traffic",
      subject: "a.example.com:443 node",
    });
  });

  it("that is told in many places of one run does not make that look usual", () => {
    const watch = trafficWatch({ index: baselineIndex(steady) }, runSightings());
    for (const observation of hosts) {
      watch.ended(over(10_000_000_000), observation);
      expect(watch.deviation(observation)).toBeDefined();
    }
    expect(watch.surprises()).toHaveLength(1);
  });
});
