import type { FleetSightings } from "../baseline/fleet-sightings.js";
import type { Detection } from "../detection/detection.js";
import type { Lineage } from "../model/observation.js";
import type { Call } from "../run/call.js";
import type { ProcessRecord } from "../run/process.js";
import type { RunRecord } from "../run/run.js";
import type { Step, StepSource } from "../run/step.js";

/** Something that may be why the call was made. */
export interface Suspect {
  kind: "package" | "action" | "step" | "program" | "commit";
  /** `left-pad`, `acme/upload@v2`, `Install dependencies`, `node install.js`, `5f3c1d0b` */
  name: string;
  /** Why it is suspected, a sentence each. */
  evidence: string[];
}

/** A slice of calls or processes, and how many there are in all. */
export interface Shown<T> {
  items: T[];
  total: number;
}

/** What the store knows of why a detection's call was made: what a person looks for first. */
export interface Investigation {
  version: 1;
  detection: Detection;
  /** `undefined` if the store no longer has it. */
  run: RunRecord | undefined;
  /** As it is now, with what became of it after the detection was made. */
  call: Call;
  step: { step: Step; source: StepSource } | undefined;
  /** How the process came to run. */
  lineage: Lineage;
  /** Who called first, then its parent, up to the first process of the run. */
  chain: ProcessRecord[];
  /** What the process started, and what these did, the earliest first. */
  descendants: Shown<ProcessRecord>;
  /** Other calls of the process and of what it started, the earliest first. */
  otherCalls: Shown<Call>;
  /** The last run of the job before this one that taught, and its commit: the call came in between. */
  before: { runId: string; commit?: string; startedAt: number } | undefined;
  elsewhere: {
    /** How many other jobs and repositories of the store call the host, and since when. */
    callers: FleetSightings;
    /** The same told of other jobs, the last first, of the last detections that were looked at. */
    detections: Pick<Detection, "id" | "job" | "run" | "severity" | "status" | "recordedAt">[];
  };
  /** The likeliest first. */
  suspects: Suspect[];
  /** What could not be found out, a sentence each. */
  unknown: string[];
}
