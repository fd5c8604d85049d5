import {
  endpointKey,
  isolationForestScorer,
  type OutlierModel,
  type OutlierScorer,
} from "@straycall/core";
import { mlIsolationForestScorer } from "@straycall/scorer-ml-isolation-forest";
import { type CallFeatures, callFeatures } from "./call-features.js";
import { type Detector, type DetectorKind, silentRuns, timelineName } from "./detector.js";

/** The original paper: anomalies have scores much above a half; 0.6 is a usual place to draw the line. */
const mediumScore = 0.6;
const highScore = 0.7;
/** The newest calls. */
const keptRows = 512;
/** Half the usual number, for time; more change little. */
const trees = 50;

interface JobForest {
  runs: number;
  features: CallFeatures;
  rows: readonly (readonly number[])[];
  model: OutlierModel | undefined;
}

/**
 * An isolation forest by job and nothing else: learned anew after 5, 20, 80, ... runs from the job's newest calls,
 * as they looked when they were made.
 */
function forestAlone(scorer: OutlierScorer): DetectorKind["create"] {
  const detector = (seed: number, jobs: Map<string, JobForest>): Detector => {
    const jobOf = (name: string): JobForest =>
      jobs.get(name) ?? { runs: 0, features: callFeatures(), rows: [], model: undefined };
    const rowsOf = new WeakMap<object, number[][]>();
    return {
      judge(run) {
        const name = timelineName(run.timeline);
        const { features, model } = jobOf(name);
        const rows = run.calls.map((call, at) => features.row(run, call, at));
        rowsOf.set(run, rows);
        if (!model) return [];
        return rows.map((row, call) => {
          const score = model.score(row);
          const { endpoint, caller } = run.calls[call] ?? {};
          const key = `${name}\n${endpoint && endpointKey(endpoint)}\n${caller?.process.executable}`;
          const severity =
            score >= highScore ? "high" : score >= mediumScore ? ("medium" as const) : undefined;
          return { call, key, score, severity };
        });
      },
      learn(run) {
        const name = timelineName(run.timeline);
        const job = jobOf(name);
        const rows = [...job.rows, ...(rowsOf.get(run) ?? [])].slice(-keptRows);
        const runs = job.runs + 1;
        job.features.learn(run);
        const model = isTimeToFit(runs) && rows.length > 0 ? scorer.fit(rows, seed) : job.model;
        jobs.set(name, { runs, features: job.features, rows, model });
      },
      fork(timeline) {
        const name = timelineName(timeline);
        const job = jobOf(name);
        return detector(seed, new Map([[name, { ...job, features: job.features.fork() }]]));
      },
      bytes(timeline) {
        const { features, rows, model } = jobOf(timelineName(timeline));
        return features.bytes() + JSON.stringify(rows).length + (model?.save().length ?? 0);
      },
    };
  };
  return (seed) => detector(seed, new Map());
}

function isTimeToFit(runs: number): boolean {
  let at = silentRuns;
  while (at < runs) at *= 4;
  return at === runs;
}

export const isolationForestAlone: DetectorKind = {
  name: "isolation-forest-alone",
  create: forestAlone(isolationForestScorer({ trees })),
};

export const mlIsolationForestAlone: DetectorKind = {
  name: "ml-isolation-forest-alone",
  create: forestAlone(mlIsolationForestScorer({ trees })),
};
