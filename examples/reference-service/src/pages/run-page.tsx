import { type Call, type Detection, type Page, type RunRecord, visibleText } from "@straycall/core";
import type { AppSettings } from "../app-settings.js";
import { runPath } from "../page-links.js";
import { CallsTable } from "./calls-table.js";
import { DetectionCard } from "./detection-card.js";
import { Layout } from "./layout.js";
import { DetectedCallsMarks, RecordingMark } from "./marks.js";
import { Pager } from "./pager.js";
import { type BaselineSummary, RunSummary } from "./run-summary.js";

export interface RunPageProps {
  run: RunRecord;
  calls: Page<Call>;
  /** `calls` are the anomalous and the blocked ones only. */
  anomalousOnly: boolean;
  /** Those that this run was the first to show. */
  detections: readonly Detection[];
  baseline: BaselineSummary;
  now: number;
  settings: Pick<AppSettings, "learningRuns" | "recordedJobs">;
}

export function RunPage(props: RunPageProps) {
  const { run, calls, anomalousOnly, detections, baseline, now, settings } = props;
  const attempt = run.attempt > 1 ? `, attempt ${run.attempt}` : "";
  const title = `${visibleText(run.job.job, 120)}, run ${visibleText(run.runId, 120)}${attempt}`;
  const { anomalousCalls, blockedCalls = 0 } = run.counts;
  const special = run.mode === "block" ? "blocked" : "anomalous";
  const path = runPath(run.key);
  return (
    <Layout title={title} section="runs">
      <p class="crumb">
        <a href="/">Runs</a> / {visibleText(run.job.repository, 160)} /{" "}
        {visibleText(run.job.workflow, 160)}
      </p>
      <h1>{title}</h1>
      <p class="marks">
        <DetectedCallsMarks counts={run.counts} />
        {settings.recordedJobs.has(run.jobKey) && <RecordingMark />}
      </p>
      <RunSummary run={run} baseline={baseline} learningRuns={settings.learningRuns} now={now} />
      {detections.length > 0 && (
        <section>
          <h2>New in this run</h2>
          {detections.map((detection) => (
            <DetectionCard detection={detection} />
          ))}
        </section>
      )}
      <section>
        <div class="heading">
          <h2>
            {anomalousOnly
              ? `${special === "blocked" ? "Blocked" : "Anomalous"} calls`
              : "Outbound calls"}
          </h2>
          {anomalousOnly && <a href={path}>Show all calls</a>}
          {!anomalousOnly && anomalousCalls + blockedCalls > 0 && (
            <a href={`${path}?anomalous=1`}>Show the {special} only</a>
          )}
        </div>
        {calls.items.length > 0 ? (
          <CallsTable calls={calls.items} />
        ) : (
          <p class="empty">No outbound call was recorded{anomalousOnly && ` as ${special}`}.</p>
        )}
      </section>
      <Pager
        path={anomalousOnly ? `${path}?anomalous=1` : path}
        next={calls.next}
        label="Later calls"
      />
    </Layout>
  );
}
