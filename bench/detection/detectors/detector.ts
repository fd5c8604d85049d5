import type { ScorePart, Severity } from "@straycall/core";
import type { JobTimeline } from "../data/job-timeline.js";
import type { SimulatedRun } from "../simulation/simulated-run.js";

/** What a detector says of one call of a run. */
export interface Judgement {
  /** Index of the call in its run. */
  call: number;
  /** What is told once: the same key is told again only where it is worse than before. */
  key: string;
  /** The higher, the worse. Only its order matters, within one detector. */
  score: number;
  /** Unset: nothing to tell. `info` is shown and not pushed. */
  severity: Severity | undefined;
  /** The job's baseline is still learning: only what is high or above is told. */
  learning?: boolean;
  /** Of the different things that happen at one of these in a run, only so many are told. */
  crowd?: string;
  /** Below this it is not even recorded. */
  least?: Severity;
  /** The same place was told before and nobody has looked: it is recorded, and not pushed. */
  repeats?: boolean;
  /** What the score is the sum of. */
  parts?: readonly ScorePart[];
}

/** A detector that watches all jobs of one owner group, whose runs come in time order. */
export interface Detector {
  judge(run: SimulatedRun): Judgement[];
  /** After `judge` of the same run, once. */
  learn(run: SimulatedRun): void;
  /** A copy of what it knows that goes on by itself with runs of one job. */
  fork(timeline: JobTimeline): Detector;
  /** Bytes of what it keeps for a job. */
  bytes(timeline: JobTimeline): number;
}

/** The same judgements looked at in another way, at no further learning: a part of the score left out. */
export interface Variant {
  name: string;
  /** The judgement as this variant has it. */
  judge(judgement: Judgement): Judgement;
}

export interface DetectorKind {
  name: string;
  create(seed: number): Detector;
  variants?: readonly Variant[];
}

/** Runs of a job that are only learned from, for every detector that has no rule of its own. */
export const silentRuns = 5;

/** Names a job, as keys of what detectors keep. */
export function timelineName({ repository, workflow, job }: JobTimeline): string {
  return `${repository}\n${workflow}\n${job}`;
}
