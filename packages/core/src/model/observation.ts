import type { AddressClass } from "../endpoint/address.js";
import type { Endpoint } from "../endpoint/endpoint.js";

/**
 * How a calling process came to run; the first that applies.
 *
 * - `install-script`: a package's own code, which a package manager runs while it installs: a lifecycle script, a build
 *   backend, a build script or macro of a crate, and all that these start.
 * - `package-manager`: a package manager, or what it fetches with.
 * - `downloader`: a tool made to move data (curl, wget, nc, ssh), or a bare shell.
 * - `action`: the CI runner starts it, to run an Action or a task.
 * - `runner`: the CI runner itself, or what another runner starts without a shell.
 * - `service`: the machine's own services start it.
 * - `step-tool`: a shell starts it, on behalf of a step or of a project's own command (`npm test`).
 * - `tool`: any other process.
 */
export const lineages = [
  "install-script",
  "package-manager",
  "downloader",
  "action",
  "runner",
  "service",
  "step-tool",
  "tool",
] as const;
export type Lineage = (typeof lineages)[number];

/** One HTTP request, by what it has in common with others of its kind. */
export interface ObservedRequest {
  method: string;
  /** The path with what varies masked: `/repos/<tenant>/<name>/pulls/<n>`. */
  route: string;
  /** Whose part of the host the path names, on hosts that many share: the owner on a code host, a bucket. */
  tenant?: string;
}

/** What the model looks at of one outbound call. */
export interface Observation {
  endpoint: Endpoint;
  addressClass: AddressClass;
  /** File name of the calling program, its version left out: `python`, `node`. */
  program: string;
  lineage: Lineage;
  /** What names the step in every run: its Action without a version, else its name. */
  step?: string;
  /** Those that were seen: none where nobody could look inside. */
  requests: readonly ObservedRequest[];
  /** Of an address without a name that can be relied on: who says it has one. */
  doubtfulName?: { name: string; server?: string };
  /** The name that the process claims to talk to, and of which no lookup was seen. */
  claimedName?: string;
}
