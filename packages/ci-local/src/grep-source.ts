import type { CodeMention, CodeQuery } from "@straycall/core";
import { checkedCommit, type Git } from "./git.js";

const maxTextLength = 500;

/** Where a text stands in the source of a commit, by `git grep`; of the clone's HEAD where no commit is given. */
export async function grepSource(
  git: Git,
  { job, text, commit, limit }: CodeQuery,
  signal: AbortSignal,
): Promise<CodeMention[]> {
  const tree = commit === undefined ? "HEAD" : checkedCommit(commit);
  const search = [
    "grep",
    "-n",
    "-z",
    "-I",
    "-i",
    "-F",
    "--no-color",
    "--full-name",
    "--max-count=5",
  ];
  const output = await git.run([...search, "-e", text, tree, "--"], { signal, nothing: 1 });
  const mentions: CodeMention[] = [];
  for (const found of (output ?? "").split("\n")) {
    const [place = "", line = "", ...rest] = found.split("\0");
    if (line === "" || mentions.length >= limit) continue;
    mentions.push({
      repository: job.repository,
      path: place.slice(tree.length + 1),
      line: Number(line),
      text: rest.join("\0").slice(0, maxTextLength),
    });
  }
  return mentions;
}
