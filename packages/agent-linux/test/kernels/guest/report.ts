import type { Findings } from "./findings.js";

/** What the guest prints, in one line after the mark. */
export interface GuestReport {
  kernel: string;
  arch: string;
  blindSpots: readonly string[];
  /** Why the kernel refused a program: the end of its verifier's log. */
  refusals: readonly string[];
  findings: Findings;
}

export const reportMark = "STRAYCALL-REPORT ";
