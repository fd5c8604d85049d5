import type { CiProvider, RunStep } from "@straycall/core";
import { checkOptions } from "./check-options.js";
import { readCommits } from "./commits.js";
import type { GithubCiProviderOptions } from "./github-ci-provider-options.js";
import { githubClient } from "./github-client.js";
import { streamedLogLines } from "./log-lines.js";
import { checkedCommit, repositoryOf } from "./repository.js";
import { type GithubJob, jobOfRun } from "./run-job.js";
import { searchCode } from "./search-code.js";

/**
 * What GitHub knows of a run: its steps with their times, its log, the commits and what they changed, its code search.
 *
 * Rate limits are honoured: it waits as long as GitHub asks, up to `maxWaitMs`, and asks nothing more until then.
 *
 * @throws StraycallError CONFIG_INVALID naming the option; its methods throw CI_FAILED
 */
export function githubCiProvider(options: GithubCiProviderOptions): CiProvider {
  const checked = checkOptions(options);
  const client = githubClient(checked);
  return {
    name: checked.name,
    async steps(run, signal) {
      const job = await jobOfRun(client, run, signal);
      return (job?.steps ?? []).flatMap((step) => runStep(step) ?? []);
    },
    async log(run, signal) {
      const job = await jobOfRun(client, run, signal);
      if (job === undefined) return undefined;
      const body = await client.find<AsyncIterable<Uint8Array> | string>(
        "GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs",
        {
          repository: repositoryOf(run.job),
          job_id: job.id,
          // A log may be large: it is read as it arrives.
          request: { parseSuccessResponseBody: false },
        },
        signal,
      );
      return body === undefined ? undefined : streamedLogLines(body);
    },
    commits: (query, signal) => readCommits(client, query, signal),
    async file({ job, commit, path }, signal) {
      const answer = await client.find<unknown>(
        "GET /repos/{owner}/{repo}/contents/{path}",
        {
          repository: repositoryOf(job),
          path,
          ref: checkedCommit(commit),
          headers: { accept: "application/vnd.github.raw+json" },
        },
        signal,
      );
      return typeof answer === "string" ? answer : undefined;
    },
    searchCode: (query, signal) => searchCode(client, query, signal),
  };
}

type GithubStep = NonNullable<GithubJob["steps"]>[number];

/** The API does not say which step of the workflow's file it is: its number stands for that. */
function runStep({ name, number, started_at, completed_at }: GithubStep): RunStep | undefined {
  const startedAt = Date.parse(started_at ?? "");
  const finishedAt = Date.parse(completed_at ?? "");
  if (Number.isNaN(startedAt)) return undefined;
  return {
    step: { id: `step-${number}`, name, number },
    source: "time",
    startedAt,
    ...(Number.isNaN(finishedAt) ? {} : { finishedAt }),
  };
}
