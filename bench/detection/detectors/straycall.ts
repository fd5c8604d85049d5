import {
  type Baseline,
  baselineIndex,
  baselineOptions,
  jobKey,
  learnRun,
  type OutlierScorer,
  type ScorePartName,
  scoreParts,
  severityOfBits,
} from "@straycall/core";
import type { JobTimeline } from "../data/job-timeline.js";
import { type Detector, type DetectorKind, timelineName, type Variant } from "./detector.js";
import { type FleetOfGroup, fleetOfGroup } from "./fleet-of-group.js";
import { type AssessedRun, assessRun } from "./straycall-run.js";

const { learningRuns } = baselineOptions();

/** The model of `@straycall/core`, one baseline by job; the jobs of the owner group are its fleet. */
export function createStraycall(outliers?: OutlierScorer): Detector {
  return straycallDetector(new Map(), fleetOfGroup(), outliers);
}

function straycallDetector(
  baselines: Map<string, Baseline>,
  fleet: FleetOfGroup,
  outliers: OutlierScorer | undefined,
): Detector {
  const assessed = new WeakMap<object, AssessedRun>();
  return {
    judge(run) {
      const name = timelineName(run.timeline);
      const baseline = baselines.get(name);
      const learning = (baseline?.runs ?? 0) < learningRuns;
      const found = assessRun(run, baselineIndex(baseline), {
        learning,
        fleetOf: (host) => fleet.callers(run.timeline, host),
        outliers,
      });
      assessed.set(run, found);
      return found.deviations.map(
        ({ call, endpoint, repeats, deviation: { kind, subject, assessment } }) => ({
          call,
          key: `${name}\n${kind}\n${subject}`,
          score: assessment.bits,
          severity: assessment.severity,
          learning,
          repeats,
          parts: assessment.parts,
          ...(kind === "new-endpoint" ? {} : { least: "medium" as const }),
          ...(kind === "new-behavior" ? { crowd: `${name}\n${endpoint}` } : {}),
        }),
      );
    },
    learn(run) {
      const { timeline } = run;
      const name = timelineName(timeline);
      const lessons = assessed.get(run);
      if (!lessons) return;
      const { sightings, surprises } = lessons;
      const { repository, workflow, job } = timeline;
      const key = jobKey({ platform: "github", repository, workflow, job });
      const baseline = learnRun(baselines.get(name), key, sightings, {
        surprises,
        ...(outliers === undefined ? {} : { outliers }),
      });
      baselines.set(name, baseline);
      fleet.learned(timeline, baseline);
    },
    fork(timeline: JobTimeline) {
      const name = timelineName(timeline);
      const baseline = baselines.get(name);
      const own = new Map(baseline ? [[name, baseline]] : []);
      return straycallDetector(own, { callers: fleet.callers, learned: () => {} }, outliers);
    },
    bytes: (timeline) => JSON.stringify(baselines.get(timelineName(timeline)) ?? {}).length,
  };
}

/** The same judgements without one part of the score: its bits are taken away, and the severity is of what is left. */
function without(part: ScorePartName): Variant {
  return {
    name: `straycall without ${part}`,
    judge(judgement) {
      const parts = judgement.parts?.filter((each) => each.part !== part) ?? [];
      const score = parts.reduce((sum, { bits }) => sum + bits, 0);
      return { ...judgement, parts, score, severity: severityOfBits(score) };
    },
  };
}

export const straycall: DetectorKind = {
  name: "straycall",
  create: () => createStraycall(),
  variants: scoreParts.filter((part) => part !== "outlier").map(without),
};
