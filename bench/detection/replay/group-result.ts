import type { Severity } from "@straycall/core";
import type { BaselineAge } from "../injection/injection-plan.js";
import type { CallReason } from "../simulation/simulated-run.js";

/** What became of one injection, by one detector. */
export interface Outcome {
  incident: string;
  /** A false alarm that really happened, not an attack. */
  benign: boolean;
  age: BaselineAge;
  stealthy: boolean;
  /** Only the calls to endpoints that the job knew were made. */
  trustedOnly: boolean;
  /** One of its endpoints was known to the job. */
  usesTrusted: boolean;
  /** A request with method and path was seen. */
  requestSeen: boolean;
  /** Of what was told of its calls in the first run with them, `info` included. */
  severity: Severity | undefined;
  /** Runs until it was pushed; unset if it was not within the runs that were looked at. */
  delay: number | undefined;
  /** The highest score of its calls in the first run. */
  score: number;
  /** The rules behind that score. */
  codes: string[];
}

/** Benign alerts of one kind. */
export interface FalseAlarms {
  reason: CallReason;
  /** The two weightiest rules behind them. */
  codes: string;
  count: number;
}

/** A score of a call to an endpoint that its job had never called, and how many such calls it stands for. */
export type WeightedScore = [score: number, weight: number];

/** What one detector did in the jobs of one owner group. */
export interface DetectorResult {
  /** Benign notifications, pushed. */
  notifications: number;
  high: number;
  /** Days on which a repository had one, over all repositories. */
  alertDays: number;
  highAlertDays: number;
  /** The same by what was new; a day may have several. */
  alertDaysByReason: Partial<Record<CallReason, number>>;
  outcomes: Outcome[];
  benignScores: WeightedScore[];
  injectedScores: WeightedScore[];
  /** At `high` or above. */
  falseAlarms: FalseAlarms[];
  /** Benign calls, and what judging and learning them took. */
  calls: number;
  milliseconds: number;
  /** Kept for all its jobs. */
  bytes: number;
  jobs: number;
}

export interface GroupResult {
  group: string;
  jobs: number;
  /** Jobs that the jobs stand for. */
  weight: number;
  /** Benign runs, each as many as the jobs that its job stands for. */
  runs: number;
  simulatedRuns: number;
  repositoryYears: number;
  /** Injections left out: the job had not called the endpoints after all. */
  notTrusted: number;
  detectors: Record<string, DetectorResult>;
}
