import type { CodeMention, CodeQuery } from "@straycall/core";
import type { GithubClient } from "./github-client.js";
import { repositoryOf } from "./repository.js";

interface FoundCode {
  path: string;
  html_url?: string;
  repository: { full_name: string };
  text_matches?: { fragment?: string }[];
}

const maxTextLength = 500;
/** GitHub takes queries of at most 256 characters. */
const maxQuery = 200;

/** Where a text stands in the default branches; GitHub searches whole words, and not the newest commits at once. */
export async function searchCode(
  client: GithubClient,
  { job, text, within, limit }: CodeQuery,
  signal: AbortSignal,
): Promise<CodeMention[]> {
  const repository = repositoryOf(job);
  const { owner, repo } = repository;
  const wanted = text.replace(/["\\]/g, " ").trim().slice(0, maxQuery);
  if (wanted === "") return [];
  const place = within === "owner" ? `user:${owner}` : `repo:${owner}/${repo}`;
  const { items } = await client.get<{ items: FoundCode[] }>(
    "GET /search/code",
    {
      repository,
      q: `"${wanted}" ${place}`,
      per_page: Math.max(1, Math.min(100, limit)),
      headers: { accept: "application/vnd.github.text-match+json" },
    },
    signal,
  );
  return items.slice(0, limit).map(({ path, html_url, repository: found, text_matches }) => {
    const fragment = text_matches?.find((match) => match.fragment !== undefined)?.fragment;
    return {
      repository: found.full_name,
      path,
      ...(fragment === undefined ? {} : { text: fragment.slice(0, maxTextLength) }),
      ...(html_url === undefined ? {} : { url: html_url }),
    };
  });
}
