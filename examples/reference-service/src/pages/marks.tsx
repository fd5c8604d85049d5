import type {
  CallVerdict,
  Coverage,
  DetectionKind,
  RunCounts,
  RunMode,
  RunOutcome,
  Severity,
} from "@straycall/core";
import { countText } from "./amounts.js";

/** The orange mark: an icon and words, so that it does not depend on seeing orange. */
function AnomalyMark({ text }: { text: string }) {
  return (
    <span class="mark orange">
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path d="M8 1.2 15.4 14.4H.6Z" fill="currentColor" />
        <path d="M7.2 5.8h1.6l-.3 4.4h-1z" class="cut" />
        <circle cx="8" cy="11.9" r=".9" class="cut" />
      </svg>
      {text}
    </span>
  );
}

/** The red mark of what a policy refused: again an icon and words. */
function BlockedMark({ text }: { text: string }) {
  return (
    <span class="mark red">
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="2" />
        <path d="M3.7 12.3 12.3 3.7" stroke="currentColor" stroke-width="2" />
      </svg>
      {text}
    </span>
  );
}

const kinds: Record<DetectionKind, string> = {
  "new-endpoint": "New endpoint",
  "new-behavior": "New behavior",
  "unusual-traffic": "Unusual traffic",
  "new-job": "New job",
  "blocked-call": "Blocked call",
};

/** What a detection is, in a word or two. */
export function KindMark({ kind }: { kind: DetectionKind }) {
  const text = kinds[kind];
  if (kind === "new-job") return <span class="mark blue">{text}</span>;
  return kind === "blocked-call" ? <BlockedMark text={text} /> : <AnomalyMark text={text} />;
}

/** The calls of a run that a detection tells of; nothing if there is none. */
export function DetectedCallsMarks({ counts }: { counts: RunCounts }) {
  const { anomalousCalls, blockedCalls = 0 } = counts;
  return (
    <>
      {anomalousCalls > 0 && <AnomalyMark text={countText(anomalousCalls, "anomalous call")} />}
      {blockedCalls > 0 && <BlockedMark text={countText(blockedCalls, "blocked call")} />}
    </>
  );
}

/** Says that what is shown is a replayed recording. */
export function RecordingMark() {
  return <span class="mark blue">Recording, replayed</span>;
}

const outcomes: Record<RunOutcome, { text: string; tone: string }> = {
  success: { text: "Success", tone: "green" },
  failure: { text: "Failure", tone: "red" },
  cancelled: { text: "Cancelled", tone: "grey" },
  unknown: { text: "Ended", tone: "grey" },
};

export function OutcomeMark({ outcome }: { outcome: RunOutcome | undefined }) {
  const { text, tone } = outcome ? outcomes[outcome] : { text: "Running", tone: "blue" };
  return <span class={`mark dot ${tone}`}>{text}</span>;
}

export function CoverageMark({ coverage }: { coverage: Coverage }) {
  if (coverage.level === "full") return <span class="mark quiet">Full</span>;
  if (coverage.level === "none") return <span class="mark red">Nothing captured</span>;
  const lost = coverage.lost > 0 ? `, ${countText(coverage.lost, "event")} lost` : "";
  return <span class="mark yellow">{`Partial${lost}`}</span>;
}

export interface LearningMarkProps {
  mode: RunMode;
  /** Runs that the baseline had learned when the run started. */
  baselineRuns: number;
  learningRuns: number;
}

export function LearningMark({ mode, baselineRuns, learningRuns }: LearningMarkProps) {
  if (mode === "block") return <span class="mark quiet">Policy enforced</span>;
  if (baselineRuns < learningRuns) {
    return <span class="mark blue">{`Learning, ${baselineRuns + 1} of ${learningRuns}`}</span>;
  }
  return <span class="mark quiet">{`Learned from ${countText(baselineRuns, "run")}`}</span>;
}

const severityTones: Record<Severity, string> = {
  info: "grey",
  low: "grey",
  medium: "orange",
  high: "red",
  critical: "red strong",
};

export function SeverityMark({ severity }: { severity: Severity }) {
  const text = severity.charAt(0).toUpperCase() + severity.slice(1);
  return <span class={`mark ${severityTones[severity]}`}>{text}</span>;
}

const verdicts: Record<
  Exclude<CallVerdict, "anomalous" | "blocked">,
  { text: string; tone: string }
> = {
  known: { text: "Known", tone: "quiet" },
  learning: { text: "Learning", tone: "blue" },
  ignored: { text: "Not compared", tone: "quiet" },
  undecided: { text: "Undecided", tone: "grey" },
};

export function VerdictMark({ verdict }: { verdict: CallVerdict }) {
  if (verdict === "anomalous") return <AnomalyMark text="Anomalous" />;
  if (verdict === "blocked") return <BlockedMark text="Blocked" />;
  const { text, tone } = verdicts[verdict];
  return <span class={`mark ${tone}`}>{text}</span>;
}
