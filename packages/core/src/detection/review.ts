export type DetectionStatus = "new" | "acknowledged" | "resolved" | "suppressed";

/** What became of a detection: a person looked at it, or a rule keeps it quiet. */
export type ReviewAction = "acknowledge" | "resolve" | "reopen" | "suppress" | "unsuppress";

/** One entry of a detection's history. */
export interface Review {
  action: ReviewAction;
  /** After it. */
  status: DetectionStatus;
  /** Epoch milliseconds. */
  at: number;
  /** Who, at most 200 characters. */
  by: string;
  /** At most 2,000 characters. */
  note?: string;
  /** The rule that keeps it quiet, or no longer does. */
  suppressionId?: string;
}
