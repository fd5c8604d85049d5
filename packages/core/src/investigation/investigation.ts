import type { FleetSightings } from "../baseline/fleet-sightings.js";
import type { CodeMention } from "../contracts/ci-provider.js";
import type { Detection } from "../detection/detection.js";
import type { Lineage } from "../model/observation.js";
import type { Call } from "../run/call.js";
import type { ProcessRecord } from "../run/process.js";
import type { RunRecord } from "../run/run.js";
import type { RunStep } from "../run/step.js";

/** Something that may be why the call was made. */
export interface Suspect {
  kind: "package" | "action" | "step" | "program" | "commit";
  /** `left-pad`, `acme/upload@v2`, `Install dependencies`, `node install.js`, `5f3c1d0b` */
  name: string;
  /** Why it is suspected, a sentence each. */
  evidence: string[];
}

/** The first of a list. */
export interface Shown<T> {
  items: T[];
  /** There are others. */
  more: boolean;
}

/** An HTTP request of the call. */
export interface ShownRequest {
  /** Epoch milliseconds. */
  time: number;
  method: string;
  host?: string;
  /** As it was sent; secrets masked. */
  path: string;
  /** What it has in common with others of its kind: `/repos/<tenant>/<name>`. */
  route: string;
  status?: number;
  bodyBytes?: number;
}

/** A line of the build log. */
export interface ShownLogLine {
  /** 1 is the first. */
  line: number;
  /** Secrets masked, colours left out, cut at 2,000 characters. */
  text: string;
  /** By the clock of the capture agent, epoch milliseconds; unset where the log does not say. */
  time?: number;
  /** What of the call it mentions. */
  mentions: string[];
}

/** What the build log says of the call. */
export interface LogFindings {
  /**
   * How far the log's clock is ahead of the capture agent's, milliseconds, as the commands show that both tell of.
   * Unset where they have none in common: the clocks are taken to agree.
   */
  clockSkewMs?: number;
  /** The lines written last before the call, and first after it. */
  before: ShownLogLine[];
  after: ShownLogLine[];
  /** Every line that mentions the endpoint, its address, or what was requested. */
  mentions: Shown<ShownLogLine>;
  /** Lines past those that were read. */
  unread: number;
}

/** A line that a commit added or removed. */
export interface ChangedLine {
  path: string;
  /** In the file after the change, before it for a removed one. */
  line: number;
  kind: "added" | "removed";
  text: string;
  mentions: string[];
}

/** A package or Action whose version a commit changed. */
export interface DependencyChange {
  kind: "package" | "action";
  /** The lockfile, or the workflow. */
  path: string;
  name: string;
  /** Versions before and after; empty where it was not there. */
  before: string[];
  after: string[];
}

/** A commit that came in since the run before. */
export interface ChangedCommit {
  id: string;
  author: string;
  /** Epoch milliseconds. */
  time: number;
  /** Its first line. */
  title: string;
  url?: string;
  /** Files that it changed. */
  files: number;
  lines: Shown<ChangedLine>;
  dependencies: Shown<DependencyChange>;
}

/** What came into the repository between the run before and this one. */
export interface RepositoryChanges {
  from?: string;
  to: string;
  /** The newest first. Empty if both runs were of one commit: then nothing in the repository changed. */
  commits: Shown<ChangedCommit>;
}

/** What is known of why a detection's call was made: what a person looks for first. */
export interface Investigation {
  version: 1;
  detection: Detection;
  /** Unset if the store no longer has it. */
  run?: RunRecord | undefined;
  /** As it is now, with what became of it after the detection was made. */
  call: Call;
  /** What was asked, where it could be read, the first first. */
  requests: ShownRequest[];
  /** The step it fell in, and how that is known. */
  step?: RunStep | undefined;
  /** How the process came to run. */
  lineage: Lineage;
  /** Who called first, then its parent, up to the first process of the run. */
  chain: ProcessRecord[];
  /** What the process started, and what these did. */
  descendants: Shown<ProcessRecord>;
  /** Other calls of the process and of what it started. */
  otherCalls: Shown<Call>;
  /** The last run of the job before this one that was watched, and its commit: the call came in between. */
  before?: { key: string; runId: string; commit?: string; startedAt: number } | undefined;
  /** Unset without a CI provider that has the log. */
  log?: LogFindings | undefined;
  /** Unset without a CI provider that knows the repository. */
  changes?: RepositoryChanges | undefined;
  elsewhere: {
    /** How many other jobs and repositories of the store call the host, and since when. */
    callers: FleetSightings;
    /** The same told of other jobs, the last first. */
    detections: Shown<Pick<Detection, "id" | "job" | "run" | "severity" | "status" | "recordedAt">>;
    /** Where the source mentions it. */
    mentions: Shown<CodeMention>;
  };
  /** The likeliest first. */
  suspects: Suspect[];
  /** What could not be found out, a sentence each. */
  unknown: string[];
}
