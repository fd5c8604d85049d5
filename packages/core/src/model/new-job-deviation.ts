import type { JobRef } from "../job/job.js";
import type { Deviation } from "./deviation.js";
import { assessmentOf, scorePart } from "./score.js";

/** Another job of the same repository that has been watched for long enough to say what is normal there. */
export interface WatchedJob {
  job: JobRef;
  /** That its baseline has learned. */
  runs: number;
}

/**
 * A job that no run was ever learned of, in a repository that is watched: a workflow that nobody knows is how stolen
 * push rights are used, another job of a known workflow is everyday work.
 *
 * In a repository of which nothing is known yet every job is new, so that says nothing.
 */
export function newJobDeviation(
  job: JobRef,
  watched: readonly WatchedJob[],
): Deviation | undefined {
  const [longest] = watched.toSorted((one, other) => other.runs - one.runs);
  if (longest === undefined) return undefined;
  const known = watched.some((other) => other.job.workflow === job.workflow);
  const since = `another job of the repository was watched in ${longest.runs} ${longest.runs === 1 ? "run" : "runs"}`;
  const part = known
    ? scorePart(
        "novelty",
        "new-job-of-known-workflow",
        -1,
        `No run of this job was learned yet; ${since}. Its workflow is known.`,
      )
    : scorePart(
        "novelty",
        "new-workflow",
        1,
        `No job of this workflow was seen before, though ${since}.`,
      );
  return { kind: "new-job", subject: "job", assessment: assessmentOf([part]) };
}
