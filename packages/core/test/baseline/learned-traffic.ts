import type { Baseline } from "../../src/baseline/baseline.js";
import { baselineIndex } from "../../src/baseline/baseline-index.js";
import { learnRun } from "../../src/baseline/learn-run.js";
import { type RunSightings, runSightings } from "../../src/baseline/run-sightings.js";
import type { RunTraffic } from "../../src/baseline/traffic.js";
import type { OutlierScorer } from "../../src/contracts/outlier-scorer.js";
import { trafficDeviation } from "../../src/model/deviation.js";
import type { Observation } from "../../src/model/observation.js";
import { seededRandom } from "../../src/outlier/seeded-random.js";
import { observed } from "../model/observed.js";

export const trafficCalls: readonly Observation[] = [
  observed("api.example.com"),
  observed("uploads.example.com"),
  observed("cdn1.example.net"),
  observed("www.example.org"),
];

/** Much of one thing: it happens in every third run or so. All at once never does. */
export const strangeAmounts: RunTraffic = { bytesOut: 60_000, calls: 40, durationMs: 6_000 };

/** What is moved at each endpoint in one run: now and then much is sent, or often, or for long, but never all of it. */
function usualAmounts(run: number): RunTraffic[] {
  const random = seededRandom(run, 0);
  return trafficCalls.map(() => {
    const much = Math.floor(random() * 5);
    const more = 1 + random();
    return {
      bytesOut: Math.round((much === 0 ? 40_000 : 1_000) * more),
      calls: Math.round((much === 1 ? 25 : 2) * more),
      durationMs: Math.round((much === 2 ? 4_000 : 100) * more),
    };
  });
}

function move(sightings: RunSightings, call: Observation, amounts: RunTraffic) {
  const { bytesOut, durationMs } = amounts;
  sightings.call(call, 1);
  sightings.traffic(call, { bytesOut, durationMs });
  for (let more = 1; more < amounts.calls; more += 1) sightings.traffic(call, {});
}

/** A run that moves the usual amounts, but for those given, which are the first endpoints'. */
export function trafficRun(run: number, instead: readonly RunTraffic[] = []): RunSightings {
  const sightings = runSightings();
  usualAmounts(run).forEach((amounts, at) => {
    move(sightings, trafficCalls[at] as Observation, instead[at] ?? amounts);
  });
  return sightings;
}

/** The baseline after such runs, judged and learned as a monitor does. */
export function learnedTraffic(
  runs: number,
  outliers?: OutlierScorer,
  jobKey = "job",
): Baseline | undefined {
  let baseline: Baseline | undefined;
  for (let run = 1; run <= runs; run += 1) {
    const index = baselineIndex(baseline);
    const surprises = usualAmounts(run)
      .map((amounts, at) => trafficDeviation(trafficCalls[at] as Observation, amounts, index))
      .flatMap(({ surprise }) => (surprise === undefined ? [] : [surprise]));
    const options = { surprises, ...(outliers === undefined ? {} : { outliers }) };
    baseline = learnRun(baseline, jobKey, trafficRun(run), options);
  }
  return baseline;
}
