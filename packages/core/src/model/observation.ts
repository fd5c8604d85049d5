import type { AddressClass } from "../endpoint/address.js";
import type { Endpoint } from "../endpoint/endpoint.js";

/**
 * How a calling process came to run; the first that applies.
 *
 * - `install-script`: a package manager runs it through a shell or an interpreter: a package's own script.
 * - `package-manager`: a package manager, or what it starts directly.
 * - `downloader`: a tool made to move data (curl, wget, nc, ssh), or a bare shell.
 * - `action`: the CI runner starts it, to run an Action.
 * - `runner`: the CI runner itself.
 * - `service`: the machine's own services start it.
 * - `step-tool`: a shell of a step starts it.
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
}
