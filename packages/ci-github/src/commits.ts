import type { CiCommit, CiCommits, CommitsQuery } from "@straycall/core";
import type { GithubClient } from "./github-client.js";
import { checkedCommit, repositoryOf } from "./repository.js";

/** A commit, as GitHub's API tells it. */
interface GithubCommit {
  sha: string;
  html_url?: string;
  parents?: { sha: string }[];
  commit: {
    message: string;
    author?: { name?: string; email?: string; date?: string } | null;
    committer?: { date?: string } | null;
  };
  files?: { filename: string; previous_filename?: string; patch?: string }[];
}

/** More of a comparison are not told on one page. */
const maxCompared = 100;
/** GitHub tells up to 300 files of a commit at once. */
const maxFiles = 300;

/** The commits after `from` up to `to`, the newest first; without `from`, `to` alone. */
export async function readCommits(
  client: GithubClient,
  { job, from, to, limit }: CommitsQuery,
  signal: AbortSignal,
): Promise<CiCommits> {
  const repository = repositoryOf(job);
  const head = checkedCommit(to);
  const { ids, more } = await between(client, repository, from, head, signal);
  const wanted = ids.slice(0, limit);
  const commits: CiCommit[] = [];
  let isCut = more || ids.length > wanted.length;
  for (const ref of wanted) {
    const route = "GET /repos/{owner}/{repo}/commits/{ref}";
    const commit = await client.get<GithubCommit>(route, { repository, ref }, signal);
    if ((commit.files?.length ?? 0) >= maxFiles) isCut = true;
    commits.push(ciCommit(commit));
  }
  return { commits, more: isCut };
}

async function between(
  client: GithubClient,
  repository: ReturnType<typeof repositoryOf>,
  from: string | undefined,
  head: string,
  signal: AbortSignal,
): Promise<{ ids: string[]; more: boolean }> {
  if (from === undefined) return { ids: [head], more: false };
  const compared = await client.get<{ total_commits: number; commits: { sha: string }[] }>(
    "GET /repos/{owner}/{repo}/compare/{basehead}",
    { repository, basehead: `${checkedCommit(from)}...${head}`, per_page: maxCompared },
    signal,
  );
  const { total_commits, commits } = compared;
  // The oldest first.
  return { ids: commits.map(({ sha }) => sha).reverse(), more: total_commits > commits.length };
}

function ciCommit({ sha, html_url, parents, commit, files }: GithubCommit): CiCommit {
  const { name = "unknown", email, date } = commit.author ?? {};
  const [parent] = parents ?? [];
  return {
    id: sha,
    ...(parent === undefined ? {} : { parent: parent.sha }),
    author: email === undefined ? name : `${name} <${email}>`,
    time: Date.parse(commit.committer?.date ?? date ?? "") || 0,
    message: commit.message,
    ...(html_url === undefined ? {} : { url: html_url }),
    files: (files ?? []).map(({ filename, previous_filename, patch }) => ({
      path: filename,
      ...(previous_filename === undefined ? {} : { previousPath: previous_filename }),
      ...(patch === undefined ? {} : { patch }),
    })),
  };
}
