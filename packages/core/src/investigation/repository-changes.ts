import type { CiCommit, CiFileChange, CiProvider } from "../contracts/ci-provider.js";
import type { JobRef } from "../job/job.js";
import { mentioningLines } from "./changed-lines.js";
import { dependencyChanges, isDependencyFile } from "./dependencies/dependency-changes.js";
import type {
  ChangedCommit,
  ChangedLine,
  DependencyChange,
  RepositoryChanges,
} from "./investigation.js";
import type { MentionTerms } from "./mention-terms.js";

const maxCommits = 100;
/** Of all commits together: each takes two requests to read. */
const maxDependencyFiles = 40;
const maxLines = 50;
const maxDependencies = 200;

export interface ChangesOptions {
  provider: CiProvider;
  job: JobRef;
  /** The commit of the run before. */
  from: string | undefined;
  to: string;
  terms: MentionTerms;
  signal: AbortSignal;
  /** Hears what could not be read, in words. */
  missed(what: string): void;
}

/** What came into the repository since the run before: who mentions the endpoint, who changed which dependency. */
export async function repositoryChanges(
  options: ChangesOptions,
): Promise<RepositoryChanges | undefined> {
  const { provider, job, from, to, signal, missed } = options;
  const range = { ...(from === undefined ? {} : { from }), to };
  if (from === to) return { ...range, commits: { items: [], more: false } };
  const query = { job, ...range, limit: maxCommits };
  const found = await provider.commits?.(query, signal);
  if (found === undefined) return undefined;
  let filesLeft = maxDependencyFiles;
  const items: ChangedCommit[] = [];
  for (const commit of found.commits) {
    const wanted = commit.files.filter(({ path }) => isDependencyFile(path));
    const files = wanted.slice(0, filesLeft);
    filesLeft -= files.length;
    if (files.length < wanted.length) missed("Not all changed lockfiles and workflows were read.");
    items.push(await changedCommit(options, commit, files));
  }
  return { ...range, commits: { items, more: found.more } };
}

async function changedCommit(
  options: ChangesOptions,
  commit: CiCommit,
  dependencyFiles: readonly CiFileChange[],
): Promise<ChangedCommit> {
  const { terms } = options;
  const lines: ChangedLine[] = [];
  let moreLines = false;
  for (const file of commit.files) {
    for (const line of mentioningLines(file, terms)) {
      if (lines.length < maxLines) lines.push(line);
      else moreLines = true;
    }
  }
  const dependencies: DependencyChange[] = [];
  for (const file of dependencyFiles) {
    dependencies.push(...(await changesOf(options, commit, file)));
  }
  const { id, author, time, message, url } = commit;
  return {
    id,
    author,
    time,
    title: message.split("\n", 1)[0] ?? "",
    ...(url === undefined ? {} : { url }),
    files: commit.files.length,
    lines: { items: lines, more: moreLines },
    dependencies: {
      items: dependencies.slice(0, maxDependencies),
      more: dependencies.length > maxDependencies,
    },
  };
}

async function changesOf(
  { provider, job, signal, missed }: ChangesOptions,
  { id, parent }: CiCommit,
  { path, previousPath = path }: CiFileChange,
): Promise<DependencyChange[]> {
  try {
    const [before, after] = await Promise.all([
      parent === undefined
        ? undefined
        : provider.file?.({ job, commit: parent, path: previousPath }, signal),
      provider.file?.({ job, commit: id, path }, signal),
    ]);
    return dependencyChanges(path, before, after);
  } catch {
    missed(`${path} of commit ${id.slice(0, 12)} could not be read.`);
    return [];
  }
}
