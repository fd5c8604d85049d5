import { type Page, type RunRecord, visibleText } from "@straycall/core";
import type { AppSettings } from "../app-settings.js";
import { runPath } from "../page-links.js";
import { countText, durationText } from "./amounts.js";
import { GettingStarted } from "./getting-started.js";
import { JobName } from "./job-name.js";
import { Layout } from "./layout.js";
import { CoverageMark, DetectedCallsMarks, LearningMark, OutcomeMark } from "./marks.js";
import { Moment } from "./moment.js";
import { Pager } from "./pager.js";
import { RecordingNote } from "./recording-note.js";

export interface RunsPageProps {
  runs: Page<RunRecord>;
  now: number;
  settings: Pick<AppSettings, "learningRuns" | "publicUrl" | "recordedJobs">;
}

export function RunsPage({ runs, now, settings }: RunsPageProps) {
  const isRecorded = runs.items.some((run) => settings.recordedJobs.has(run.jobKey));
  return (
    <Layout title="Runs" section="runs">
      <h1>Runs</h1>
      <p class="lead">
        Every run whose outbound network calls were recorded, the last started first. Orange: it
        called somewhere its job never called before. Red: its policy refused a call.
      </p>
      {isRecorded && <RecordingNote />}
      {runs.items.length === 0 ? (
        <GettingStarted publicUrl={settings.publicUrl} />
      ) : (
        <table class="list">
          <thead>
            <tr>
              <th scope="col">Job and run</th>
              <th scope="col">Outcome</th>
              <th scope="col">Outbound calls</th>
              <th scope="col">Commit</th>
              <th scope="col">Baseline</th>
              <th scope="col">Coverage</th>
              <th scope="col">Started</th>
            </tr>
          </thead>
          <tbody>
            {runs.items.map((run) => (
              <RunRow run={run} now={now} learningRuns={settings.learningRuns} />
            ))}
          </tbody>
        </table>
      )}
      <Pager path="/" next={runs.next} label="Earlier runs" />
    </Layout>
  );
}

interface RunRowProps {
  run: RunRecord;
  now: number;
  learningRuns: number;
}

function RunRow({ run, now, learningRuns }: RunRowProps) {
  const { calls, anomalousCalls, blockedCalls = 0 } = run.counts;
  const kind = anomalousCalls > 0 ? "anomalous" : blockedCalls > 0 ? "blocked" : undefined;
  return (
    <tr class={kind}>
      <th scope="row">
        <JobName job={run.job} runId={run.runId} href={runPath(run.key)} />
      </th>
      <td data-label="Outcome">
        <OutcomeMark outcome={run.outcome} />
        {run.finishedAt !== undefined && (
          <span class="minor">{durationText(run.finishedAt - run.startedAt)}</span>
        )}
      </td>
      <td data-label="Outbound calls">
        <DetectedCallsMarks counts={run.counts} />
        <span class={kind && "minor"}>{countText(calls, "call")}</span>
      </td>
      <td data-label="Commit">
        <CommitText run={run} />
      </td>
      <td data-label="Baseline">
        <LearningMark mode={run.mode} baselineRuns={run.baselineRuns} learningRuns={learningRuns} />
      </td>
      <td data-label="Coverage">
        <CoverageMark coverage={run.coverage} />
      </td>
      <td data-label="Started">
        <Moment time={run.startedAt} now={now} />
      </td>
    </tr>
  );
}

function CommitText({ run }: { run: RunRecord }) {
  const trigger = [run.event, run.actor && `by ${run.actor}`].filter(Boolean).join(" ");
  return (
    <>
      {run.commit ? <code>{visibleText(run.commit.slice(0, 8))}</code> : "–"}
      {trigger !== "" && <span class="minor">{visibleText(trigger, 80)}</span>}
    </>
  );
}
