import type { Detection, RunRecord } from "@straycall/core";
import { runPath } from "../page-links.js";
import { countText } from "./amounts.js";
import { DetectionCard } from "./detection-card.js";
import { RunFrame } from "./run-frame.js";
import { type BaselineSummary, RunSummary } from "./run-summary.js";

export interface RunPageProps {
  run: RunRecord;
  /** Those that this run was the first to show. */
  detections: readonly Detection[];
  baseline: BaselineSummary;
  now: number;
  learningRuns: number;
  isRecorded: boolean;
}

/** A run as a whole, with all that it was the first to show. */
export function RunPage(props: RunPageProps) {
  const { run, detections, baseline, now, learningRuns, isRecorded } = props;
  const { anomalousCalls, blockedCalls = 0 } = run.counts;
  const findings = anomalousCalls + blockedCalls;
  const api = `/api/v1/runs/${encodeURIComponent(run.key)}`;
  return (
    <RunFrame run={run} tab="summary" isRecorded={isRecorded}>
      <RunSummary run={run} baseline={baseline} learningRuns={learningRuns} now={now} />
      {detections.length > 0 && (
        <section>
          <h2>New in this run</h2>
          {detections.map((detection) => (
            <DetectionCard detection={detection} />
          ))}
        </section>
      )}
      {findings > 0 && (
        <p>
          <a href={`${runPath(run.key)}/network?findings=1`}>
            Show the {countText(findings, "call")} that {findings === 1 ? "is" : "are"} told of
          </a>
        </p>
      )}
      <p class="exports">
        The detections as files: <a href={`${api}/sarif`}>SARIF</a> <a href={`${api}/ocsf`}>OCSF</a>
      </p>
    </RunFrame>
  );
}
