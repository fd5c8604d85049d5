import type { CiCommit, CiCommits, CiFileChange, CommitsQuery } from "@straycall/core";
import { changedFiles } from "./changed-files.js";
import { checkedCommit, type Git } from "./git.js";

const fields = ["%H", "%P", "%aN <%aE>", "%ct", "%B"];
/** Of one commit's diff. */
const maxDiffBytes = 16 * 1024 * 1024;

/** The commits after `from` up to `to`, the newest first; without `from`, `to` alone. */
export async function readCommits(
  git: Git,
  { from, to, limit }: CommitsQuery,
  signal: AbortSignal,
): Promise<CiCommits> {
  const range =
    from === undefined ? [checkedCommit(to)] : [checkedCommit(to), `^${checkedCommit(from)}`];
  const count = from === undefined ? 1 : limit + 1;
  const output = await git.run(
    ["log", "-z", `--max-count=${count}`, `--format=${fields.join("%x00")}`, ...range, "--"],
    { signal },
  );
  // Each commit is five fields; `-z` ends one as `%x00` does.
  const parts = (output ?? "").split("\0");
  const commits: CiCommit[] = [];
  let more = false;
  for (let at = 0; at + fields.length <= parts.length; at += fields.length) {
    if (commits.length === limit) {
      more = true;
      break;
    }
    const [id = "", parents = "", author = "", time = "", message = ""] = parts.slice(at);
    const [parent] = parents.split(" ").filter((each) => each !== "");
    const files = await filesOf(git, id, signal);
    if (files === undefined) more = true;
    commits.push({
      id,
      ...(parent === undefined ? {} : { parent }),
      author,
      time: Number(time) * 1_000,
      message: message.trim(),
      files: files ?? [],
    });
  }
  return { commits, more };
}

/** What a commit changed; `undefined` if that is too much to read. */
async function filesOf(
  git: Git,
  id: string,
  signal: AbortSignal,
): Promise<CiFileChange[] | undefined> {
  const diff = ["diff-tree", "--no-commit-id", "--root", "-r", "-M", "-p", "--no-color"];
  const plain = ["--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/"];
  try {
    const text = await git.run([...diff, ...plain, checkedCommit(id), "--"], {
      signal,
      maxBytes: maxDiffBytes,
    });
    return changedFiles(text ?? "");
  } catch (error) {
    signal.throwIfAborted();
    if (
      (error as { cause?: { code?: string } }).cause?.code !== "ERR_CHILD_PROCESS_STDIO_MAXBUFFER"
    )
      throw error;
    return undefined;
  }
}
