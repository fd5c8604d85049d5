import type { JobRef, RunKey } from "@straycall/core";
import { type CheckContent, checkName } from "./check-content.js";
import type { CheckedCommit } from "./checked-commit.js";
import type { GithubRequest } from "./github-client.js";

/** One run's check. */
export interface RunCheck {
  commit: CheckedCommit;
  job: JobRef;
  run: RunKey;
  content: CheckContent;
  detailsUrl: string | undefined;
}

interface CheckRun {
  id: number;
  external_id: string | null;
}

/** GitHub keeps at most so many characters of it. */
const maxExternalIdLength = 255;

/** Makes a run's check, or brings the one that is there up to date: to do it again changes nothing. */
export async function writeCheck(
  request: GithubRequest,
  { commit, job, run, content, detailsUrl }: RunCheck,
  signal: AbortSignal,
): Promise<void> {
  const name = checkName(job);
  const externalId = run.slice(-maxExternalIdLength);
  const { check_runs: known } = await request<{ check_runs: CheckRun[] }>(
    "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
    { ...commit, ref: commit.sha, check_name: name, filter: "all", per_page: 100 },
    signal,
  );
  const check = {
    ...{ name, external_id: externalId, status: "completed", ...content },
    ...(detailsUrl === undefined ? {} : { details_url: detailsUrl }),
  };
  // Two processes may have made one each: both say the same then.
  const own = known.filter(({ external_id }) => external_id === externalId);
  for (const { id } of own) {
    const route = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
    await request(route, { ...commit, check_run_id: id, ...check }, signal);
  }
  if (own.length > 0) return;
  const route = "POST /repos/{owner}/{repo}/check-runs";
  await request(route, { ...commit, head_sha: commit.sha, ...check }, signal);
}
