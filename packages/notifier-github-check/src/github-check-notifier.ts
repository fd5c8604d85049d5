import type { Detection, JobRef, Notifier, RunKey, RunRecord } from "@straycall/core";
import { StraycallError, webLink } from "@straycall/core";
import { checkContent } from "./check-content.js";
import { checkOptions } from "./check-options.js";
import { writeCheck } from "./check-runs.js";
import { checkedCommit } from "./checked-commit.js";
import type { GithubCheckNotifierOptions } from "./github-check-notifier-options.js";
import { githubClient } from "./github-client.js";

/** A check shows this many detections of its run at most; the summary counts further ones. */
const maxDetections = 1_000;

/**
 * Shows each run's detections as a check on its commit: failed, with a table, while one that matters was not reviewed; else
 * passed. Runs that are not GitHub's, or whose commit is unknown, have no check.
 *
 * @throws StraycallError CONFIG_INVALID if an option is wrong. `notify` throws NOTIFY_FAILED.
 */
export function githubCheckNotifier(options: GithubCheckNotifierOptions): Notifier {
  const checked = checkOptions(options);
  const { store, name, runPage } = checked;
  const { request, tryAuth } = githubClient(checked);
  /** What is under way of each run: a check that is made twice at once would be two. */
  const underWay = new Map<RunKey, Promise<void>>();

  const writeRun = async (
    job: JobRef,
    run: Pick<RunRecord, "key" | "commit">,
    signal: AbortSignal,
  ) => {
    if (signal.aborted) throw new StraycallError("NOTIFY_FAILED", "gave up before it began");
    const commit = checkedCommit(job, run);
    if (commit === undefined) return;
    const page = { runKey: run.key, limit: maxDetections };
    const { items } = await store.detections.list(page);
    const content = checkContent(items, checked);
    const detailsUrl = webLink(runPage?.(run));
    await writeCheck(request, { commit, job, run: run.key, content, detailsUrl }, signal);
  };

  const showRun: typeof writeRun = async (job, run, signal) => {
    const before = underWay.get(run.key) ?? Promise.resolve();
    const writing = before.then(() => writeRun(job, run, signal));
    const settled = writing.catch(() => {});
    underWay.set(run.key, settled);
    await writing.finally(() => {
      if (underWay.get(run.key) === settled) underWay.delete(run.key);
    });
  };

  return {
    name,
    async notify({ detection, others = [], isTest }, signal) {
      // There is no commit to show a test on.
      if (isTest) return tryAuth(signal);
      for (const one of firstOfRuns([detection, ...others.map((other) => other.detection)])) {
        await showRun(one.job, one.run, signal);
      }
    },
    reviewed: ({ detection }, signal) => showRun(detection.job, detection.run, signal),
    runFinished: ({ run }, signal) => showRun(run.job, run, signal),
  };
}

/** One detection of each run. */
function firstOfRuns(detections: readonly Detection[]): Iterable<Detection> {
  const runs = new Map<RunKey, Detection>();
  for (const one of detections) if (!runs.has(one.run.key)) runs.set(one.run.key, one);
  return runs.values();
}
