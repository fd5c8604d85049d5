import { compareSeverity, type Detection } from "../detection/detection.js";
import type { Call, CallVerdict } from "../run/call.js";
import type { RunCounts } from "../run/run.js";
import type { Decision } from "./run-decisions.js";

/** Keeps what was decided on calls: the worst of it stands. */
export interface CallVerdicts {
  /** Writes a decision into its call. Answers whether that changed it. */
  note(call: Call, decision: Decision): boolean;
  /** Takes over what was told of a call before a restart, or by another process: it stays so, whatever was learned since. */
  recall(callId: string, detection: Detection): void;
  counts(): Required<Pick<RunCounts, "anomalousCalls" | "blockedCalls">>;
}

export function callVerdicts(): CallVerdicts {
  const worst = new WeakMap<Call, Detection>();
  const recalled = new Map<string, Detection>();
  let anomalousCalls = 0;
  let blockedCalls = 0;

  const noteDetection = (call: Call, detection: Detection): boolean => {
    const before = worst.get(call);
    if (before && compareSeverity(detection.severity, before.severity) <= 0) return false;
    worst.set(call, detection);
    call.detectionId = detection.id;
    return true;
  };

  const noteVerdict = (call: Call, verdict: CallVerdict | undefined): boolean => {
    const { verdict: before } = call;
    if (verdict === undefined || verdict === before) return false;
    // Later facts may show that a call deviates, and never that it does not.
    const isWorse = verdict === "anomalous" || verdict === "blocked";
    if (before !== "undecided" && !isWorse) return false;
    call.verdict = verdict;
    if (verdict === "anomalous") anomalousCalls += 1;
    if (verdict === "blocked") blockedCalls += 1;
    return true;
  };

  return {
    note(call, { verdict, told }) {
      const before = recalled.get(call.id);
      const hasVerdict = noteVerdict(call, before ? verdictOf(before) : verdict);
      const detections = [before, told?.detection].filter((each) => each !== undefined);
      const hasDetection = detections.map((each) => noteDetection(call, each)).includes(true);
      return hasVerdict || hasDetection;
    },
    recall: (callId, detection) => {
      recalled.set(callId, detection);
    },
    counts: () => ({ anomalousCalls, blockedCalls }),
  };
}

const verdictOf = ({ kind }: Detection): CallVerdict =>
  kind === "blocked-call" ? "blocked" : "anomalous";
