import type { RunRecord } from "@straycall/core";
import type { GithubClient } from "./github-client.js";
import { repositoryOf } from "./repository.js";

/** A job of a run, as GitHub's API tells it. */
export interface GithubJob {
  id: number;
  name: string;
  runner_name?: string | null;
  steps?: {
    name: string;
    number: number;
    started_at?: string | null;
    completed_at?: string | null;
  }[];
}

const perPage = 100;
const maxPages = 10;

/**
 * The job of a run: by its runner where that tells it, else by its name. `undefined` if it cannot be told which it is: a
 * wrong one would be worse than none.
 */
export async function jobOfRun(
  client: GithubClient,
  run: RunRecord,
  signal: AbortSignal,
): Promise<GithubJob | undefined> {
  // A matrix leg's id is the run's number with something behind it.
  const [runId] = /^\d{1,20}/.exec(run.runId) ?? [];
  if (runId === undefined) return undefined;
  const jobs: GithubJob[] = [];
  for (let page = 1; page <= maxPages; page += 1) {
    const answer = await client.find<{ jobs: GithubJob[] }>(
      "GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs",
      {
        repository: repositoryOf(run.job),
        run_id: Number(runId),
        attempt_number: run.attempt,
        per_page: perPage,
        page,
      },
      signal,
    );
    jobs.push(...(answer?.jobs ?? []));
    if ((answer?.jobs.length ?? 0) < perPage) break;
  }
  return chooseJob(jobs, run);
}

function chooseJob(jobs: readonly GithubJob[], { job, runner }: RunRecord): GithubJob | undefined {
  if (jobs.length <= 1) return jobs[0];
  const onRunner = jobs.filter(({ runner_name }) => runner !== undefined && runner_name === runner);
  const named = (among: readonly GithubJob[]) => among.filter(({ name }) => isNamed(name, job.job));
  for (const found of [named(onRunner), onRunner, named(jobs)]) {
    if (found.length === 1) return found[0];
  }
  return undefined;
}

/** `build`, `build (linux, 22)` of a matrix, `release / build` of a workflow that is called. */
function isNamed(name: string, job: string): boolean {
  const own = name.slice(name.lastIndexOf(" / ") + 1).replace(/^\/ /, "");
  return [name, own].some((each) => each === job || each.startsWith(`${job} (`));
}
