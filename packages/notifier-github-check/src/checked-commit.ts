import type { Detection, JobRef, RunRecord } from "@straycall/core";

/** The commit that a check is shown on. */
export interface CheckedCommit {
  owner: string;
  repo: string;
  sha: string;
}

/** Where a run's check is shown; `undefined` for runs elsewhere, of no known commit, or whose agent names no repository. */
export function checkedCommit(
  { platform, repository }: JobRef,
  { commit }: Pick<RunRecord | Detection["run"], "commit">,
): CheckedCommit | undefined {
  const [, owner, repo] = /^([A-Za-z0-9-]{1,39})\/([A-Za-z0-9._-]{1,100})$/.exec(repository) ?? [];
  if (platform !== "github" || !owner || !repo || /^\.+$/.test(repo)) return undefined;
  if (commit === undefined || !/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(commit)) return undefined;
  return { owner, repo, sha: commit };
}
