import { execFile } from "node:child_process";
import { StraycallError } from "@straycall/core";

/** Asks a clone. What it answers with an error throws CI_FAILED, but for what simply is not there. */
export interface Git {
  /** The output of a command, as it is; `undefined` where the command says that there is nothing. */
  run(args: readonly string[], options: GitRunOptions): Promise<string | undefined>;
  /** A file as it is in a commit; `undefined` if it is not there. */
  file(commit: string, path: string, signal: AbortSignal): Promise<string | undefined>;
}

export interface GitRunOptions {
  signal: AbortSignal;
  /** Exit status that means that there is nothing. */
  nothing?: number;
  /** Output past this many bytes throws CI_FAILED. Default 64 MiB. */
  maxBytes?: number;
}

/**
 * Nobody's settings, no prompts, no fetching of what a partial clone left out; a clone of another user's is read all the
 * same: nothing of what it configures is run.
 */
const environment = {
  PATH: process.env.PATH,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_LAZY_FETCH: "1",
  GIT_TERMINAL_PROMPT: "0",
  GIT_NO_REPLACE_OBJECTS: "1",
  LC_ALL: "C.UTF-8",
};

const settings = [
  "--no-pager",
  "-c",
  "safe.directory=*",
  "-c",
  "core.fsmonitor=false",
  "-c",
  "core.quotePath=false",
  "-c",
  "core.hooksPath=/dev/null",
  "-c",
  "log.showSignature=false",
  "-c",
  "protocol.allow=never",
];

export function gitIn(folder: string): Git {
  const run: Git["run"] = (args, { signal, nothing, maxBytes = 64 * 1024 * 1024 }) =>
    new Promise((resolve, reject) => {
      const command = [...settings, "-C", folder, ...args];
      const options = { env: environment, signal, maxBuffer: maxBytes, encoding: "utf8" } as const;
      execFile("git", command, options, (error, output, complaint) => {
        if (error === null) return resolve(output);
        if (nothing !== undefined && error.code === nothing) return resolve(undefined);
        const reason = complaint.trim().split("\n")[0] || error.message;
        reject(
          new StraycallError("CI_FAILED", `git ${args[0]}: ${reason.slice(0, 300)}`, {
            cause: error,
          }),
        );
      });
    });

  return {
    run,
    file: (commit, path, signal) => {
      // One argument that begins with a commit's id is no option, whatever the path is.
      const object = `${checkedCommit(commit)}:${path}`;
      return run(["cat-file", "blob", object], { signal, nothing: 128 });
    },
  };
}

/** A commit's id comes from the run's events: it must not be taken for an option, or a range. */
export function checkedCommit(commit: string): string {
  if (/^[0-9a-f]{7,64}$/i.test(commit)) return commit;
  throw new StraycallError("CI_FAILED", "the run's commit is not the id of one");
}
