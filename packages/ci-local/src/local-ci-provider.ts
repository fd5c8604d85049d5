import { type CiProvider, type JobRef, StraycallError } from "@straycall/core";
import { readCommits } from "./commits.js";
import { gitIn } from "./git.js";
import { grepSource } from "./grep-source.js";
import type { LocalCiProviderOptions } from "./local-ci-provider-options.js";
import { logFileLines } from "./log-file.js";

/**
 * What a git clone and a log file know of a run: works offline, and asks nobody. Needs `git` 2.30 or newer on the PATH.
 *
 * The clone must hold the commits of the runs: a shallow one does not. It is never changed and fetches nothing.
 *
 * @throws StraycallError CONFIG_INVALID naming the option; its methods throw CI_FAILED
 */
export function localCiProvider(options: LocalCiProviderOptions): CiProvider {
  const { clone, log, name = "local" } = options;
  if (clone === undefined && log === undefined) throw invalid("clone", "or log must be given");
  if (log !== undefined && typeof log !== "function") throw invalid("log", "must be a function");
  const folderOf = (job: JobRef) => (typeof clone === "function" ? clone(job) : clone);

  const withClone = async <T>(job: JobRef, work: (git: ReturnType<typeof gitIn>) => Promise<T>) => {
    const folder = folderOf(job);
    return folder === undefined ? undefined : work(gitIn(folder));
  };

  return {
    name,
    async log(run) {
      const path = log?.(run);
      return path === undefined ? undefined : logFileLines(path);
    },
    commits: async (query, signal) =>
      (await withClone(query.job, (git) => readCommits(git, query, signal))) ?? {
        commits: [],
        more: true,
      },
    file: ({ job, commit, path }, signal) =>
      withClone(job, (git) => git.file(commit, path, signal)),
    searchCode: async (query, signal) =>
      query.within === "owner"
        ? []
        : ((await withClone(query.job, (git) => grepSource(git, query, signal))) ?? []),
  };
}

function invalid(option: string, problem: string): StraycallError {
  return new StraycallError("CONFIG_INVALID", `localCiProvider: ${option} ${problem}`, {
    field: option,
  });
}
