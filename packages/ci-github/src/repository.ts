import { type JobRef, StraycallError } from "@straycall/core";

/** A repository as GitHub's API names it. */
export interface Repository {
  owner: string;
  repo: string;
}

const namePart = /^[\w.-]{1,100}$/;

/** The repository of a job: its name comes from the run's events. Throws CI_FAILED for one that is none. */
export function repositoryOf({ repository }: JobRef): Repository {
  const [owner = "", repo = "", ...rest] = repository.split("/");
  const isName = [owner, repo].every((part) => namePart.test(part) && !/^\.+$/.test(part));
  if (rest.length === 0 && isName) return { owner, repo };
  throw new StraycallError("CI_FAILED", "the job's repository is none of GitHub's");
}

/** A commit's id comes from the run's events, too: a branch's name would do, and be another commit tomorrow. */
export function checkedCommit(commit: string): string {
  if (/^[0-9a-f]{7,64}$/i.test(commit)) return commit;
  throw new StraycallError("CI_FAILED", "the run's commit is not the id of one");
}
