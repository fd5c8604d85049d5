import type { JobRef } from "../job/job.js";
import type { RunRecord } from "../run/run.js";
import type { RunStep } from "../run/step.js";

/** A line of a build log. */
export interface CiLogLine {
  text: string;
  /** When the platform wrote it, epoch milliseconds by its own clock; unset where the log does not say. */
  time?: number;
}

/** A file that a commit changed. */
export interface CiFileChange {
  path: string;
  /** Where it was before, if it was moved. */
  previousPath?: string;
  /** What changed as a unified diff, from its first `@@`; unset for binary files, and where it is too large to be told. */
  patch?: string;
}

export interface CiCommit {
  id: string;
  /** Its first parent; unset for the first commit of all. */
  parent?: string;
  author: string;
  /** Epoch milliseconds. */
  time: number;
  message: string;
  /** Where people look at it. */
  url?: string;
  files: CiFileChange[];
}

/** The commits between two, the newest first. */
export interface CiCommits {
  commits: CiCommit[];
  /** There are more, or files of them, that were not read. */
  more: boolean;
}

/** A place in a repository where a text stands. */
export interface CodeMention {
  repository: string;
  path: string;
  /** 1 is the first; unset where the search does not say. */
  line?: number;
  text?: string;
  url?: string;
}

export interface CommitsQuery {
  job: JobRef;
  /** Not included; unset for `to` alone. */
  from?: string;
  to: string;
  /** At most so many. */
  limit: number;
}

export interface FileQuery {
  job: JobRef;
  commit: string;
  path: string;
}

export interface CodeQuery {
  job: JobRef;
  text: string;
  /** `repository`: the job's own; `owner`: all repositories of its owner. */
  within: "repository" | "owner";
  /** Where the job's repository is searched; the newest where a provider cannot choose. */
  commit?: string;
  limit: number;
}

/**
 * What the CI platform knows of a run. Each method is optional: what is missing is told as unknown.
 *
 * All that it answers counts as hostile: log lines, messages and file names are an attacker's to choose. A method that
 * throws costs its own part of an investigation and nothing else. Give up when `signal` aborts.
 */
export interface CiProvider {
  readonly name: string;
  /** The run's steps with their times, in order. */
  steps?(run: RunRecord, signal: AbortSignal): Promise<RunStep[]>;
  /** The run's build log from its first line; `undefined` if there is none (any more). */
  log?(run: RunRecord, signal: AbortSignal): Promise<AsyncIterable<CiLogLine> | undefined>;
  commits?(query: CommitsQuery, signal: AbortSignal): Promise<CiCommits>;
  /** A file as it is in a commit; `undefined` if it is not there. */
  file?(query: FileQuery, signal: AbortSignal): Promise<string | undefined>;
  /** Where a text stands in the source; the text is to be taken as it is, without wildcards. */
  searchCode?(query: CodeQuery, signal: AbortSignal): Promise<CodeMention[]>;
}
