import type { CiProvider, CodeMention } from "../contracts/ci-provider.js";
import type { Store } from "../contracts/store.js";
import type { Detection } from "../detection/detection.js";
import { visibleText } from "../display/visible-text.js";
import type { Call } from "../run/call.js";
import type { RunRecord } from "../run/run.js";
import type { RunStep } from "../run/step.js";
import { npmLinks } from "./dependencies/npm-lockfile.js";
import type { Investigation, LogFindings, RepositoryChanges, Shown } from "./investigation.js";
import { logFindings } from "./log-findings.js";
import type { MentionTerms } from "./mention-terms.js";
import { repositoryChanges } from "./repository-changes.js";
import type { RunLogs } from "./run-logs.js";

const maxMentions = 20;

/** What the CI platform adds to an investigation. */
export interface PlatformFacts {
  steps: RunStep[];
  log: LogFindings | undefined;
  changes: RepositoryChanges | undefined;
  mentions: Shown<CodeMention>;
  /** Packages that are linked instead of installed: by their folder. */
  links: ReadonlyMap<string, string>;
  /** What could not be had, a sentence each. */
  missed: string[];
}

export interface PlatformQuery {
  store: Store;
  provider: CiProvider | undefined;
  logs: RunLogs;
  detection: Detection;
  run: RunRecord | undefined;
  call: Call;
  before: Investigation["before"];
  terms: MentionTerms;
  signal: AbortSignal;
}

/** Asks the provider for everything at once; what fails costs its own part alone. */
export async function platformFacts(query: PlatformQuery): Promise<PlatformFacts> {
  const { provider, logs, detection, run, call, before, terms, signal } = query;
  const missed = new Set<string>();
  const tried = async <T>(what: string, work: (() => Promise<T> | undefined) | undefined) => {
    try {
      return await work?.();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      missed.add(`${what} could not be read: ${visibleText(reason, 300)}.`);
      return undefined;
    }
  };
  const { commit: to } = detection.run;
  const changesWanted = provider && to !== undefined && { provider, to };
  const [steps = [], log, changes, mentions, links = new Map<string, string>()] = await Promise.all(
    [
      tried("The steps", run && (() => provider?.steps?.(run, signal))),
      tried("The build log", run && (() => logs.read(run, signal))),
      tried(
        "The commits",
        changesWanted
          ? () =>
              repositoryChanges({
                ...changesWanted,
                job: detection.job,
                from: before?.commit,
                terms,
                signal,
                missed: (what) => missed.add(what),
              })
          : undefined,
      ),
      tried("The source", provider && (() => codeMentions(provider, detection, terms, signal))),
      tried(
        "The lockfile",
        changesWanted
          ? async () => {
              const wanted = {
                job: detection.job,
                commit: changesWanted.to,
                path: "package-lock.json",
              };
              const text = await provider?.file?.(wanted, signal);
              return text === undefined ? new Map<string, string>() : npmLinks(text);
            }
          : undefined,
      ),
    ],
  );
  return {
    steps,
    log: log && logFindings(log, call.time, terms),
    changes,
    mentions: mentions ?? { items: [], more: false },
    links,
    missed: [...missed],
  };
}

async function codeMentions(
  provider: CiProvider,
  { job, run: { commit } }: Detection,
  { places }: MentionTerms,
  signal: AbortSignal,
): Promise<Shown<CodeMention>> {
  const found = new Map<string, CodeMention>();
  let more = false;
  for (const within of ["repository", "owner"] as const) {
    for (const text of places) {
      const query = { job, text, within, limit: maxMentions + 1, ...(commit ? { commit } : {}) };
      for (const mention of (await provider.searchCode?.(query, signal)) ?? []) {
        const { repository, path, line } = mention;
        found.set(JSON.stringify([repository, path, line]), mention);
      }
    }
  }
  if (found.size > maxMentions) more = true;
  return { items: [...found.values()].slice(0, maxMentions), more };
}
