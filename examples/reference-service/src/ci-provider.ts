import { join } from "node:path";
import { githubCiProvider } from "@straycall/ci-github";
import { localCiProvider } from "@straycall/ci-local";
import type { CiProvider } from "@straycall/core";

/** What the CI platform is asked by. */
export interface CiSettings {
  githubToken?: string;
  githubUrl?: string;
  /** Holds git clones as `OWNER/NAME`. */
  clonesFolder?: string;
  /** Holds build logs as `RUN.log`. */
  logsFolder?: string;
}

/** GitHub where there is a token for it, else the clones and logs of this machine; `undefined` without either. */
export function configuredCi(settings: CiSettings): { ci: CiProvider } | undefined {
  const { githubToken, githubUrl, clonesFolder, logsFolder } = settings;
  if (githubToken !== undefined) {
    const auth = { token: githubToken };
    return { ci: githubCiProvider({ auth, ...(githubUrl ? { apiUrl: githubUrl } : {}) }) };
  }
  if (clonesFolder === undefined && logsFolder === undefined) return undefined;
  return {
    ci: localCiProvider({
      ...(clonesFolder ? { clone: ({ repository }) => within(clonesFolder, repository, "") } : {}),
      ...(logsFolder ? { log: ({ runId }) => within(logsFolder, runId, ".log") } : {}),
    }),
  };
}

/** A file of a folder whose name comes from a run's events: never one outside of it. */
function within(folder: string, name: string, ending: string): string | undefined {
  const parts = name.split("/");
  const isPlain = parts.every((part) => /^[\w.-]{1,256}$/.test(part) && !/^\.+$/.test(part));
  return isPlain ? join(folder, ...parts) + ending : undefined;
}
