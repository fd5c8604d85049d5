import type { NamedGroup } from "../name-table.js";

/**
 * Hosts of one provider that builds call.
 *
 * In `domains` are only those below which every name is the provider's own; where strangers get names too, the
 * provider's own are in `hosts`, one by one.
 */
export interface BuildServiceGroup extends NamedGroup {
  /** What it is, in words: "npm registry". */
  name: string;
  /** Which public document says so. */
  source: string;
}
