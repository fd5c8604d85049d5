import type { JobRef, RunRecord } from "@straycall/core";

export interface LocalCiProviderOptions {
  /** The folder of the repository's git clone, bare or not; a function where jobs are of several. Default: none. */
  clone?: string | ((job: JobRef) => string | undefined);
  /** The file that holds a run's build log. Default: none. */
  log?: (run: RunRecord) => string | undefined;
  /** Default `local`. */
  name?: string;
}
