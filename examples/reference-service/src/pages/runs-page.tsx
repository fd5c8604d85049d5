import { type Page, type RunRecord, visibleText } from "@straycall/core";
import type { AppSettings } from "../app-settings.js";
import { runPath } from "../page-links.js";
import { type RunFilter, runFilterQuery, runModes, runOutcomes } from "../routes/run-filter.js";
import { countText, durationText } from "./amounts.js";
import { ExportLinks } from "./export-links.js";
import { GettingStarted } from "./getting-started.js";
import { JobName } from "./job-name.js";
import { Layout } from "./layout.js";
import { CoverageMark, DetectedCallsMarks, LearningMark, OutcomeMark } from "./marks.js";
import { Moment } from "./moment.js";
import { Pager } from "./pager.js";
import { RecordingNote } from "./recording-note.js";
import { CheckField, ChoiceField, SearchForm } from "./search-form.js";

export interface RunsPageProps {
  runs: Page<RunRecord>;
  filter: RunFilter;
  now: number;
  settings: Pick<AppSettings, "learningRuns" | "publicUrl" | "recordedJobs">;
}

export function RunsPage({ runs, filter, now, settings }: RunsPageProps) {
  const query = runFilterQuery(filter);
  const isRecorded = runs.items.some((run) => settings.recordedJobs.has(run.jobKey));
  return (
    <Layout title="Runs" section="runs">
      <h1>Runs</h1>
      <p class="lead">
        Every run whose outbound network calls were recorded, the last started first. Orange: it
        called somewhere its job never called before. Red: its policy refused a call.
      </p>
      {isRecorded && <RecordingNote />}
      <SearchForm path="/" search={filter.search} hint="job, run, commit, actor">
        <CheckField
          name="findings"
          label="Show runs with findings only"
          isOn={filter.findingsOnly === true}
        />
        <ChoiceField label="Outcome" name="outcome" values={runOutcomes} value={filter.outcome} />
        <ChoiceField label="Mode" name="mode" values={runModes} value={filter.mode} />
      </SearchForm>
      <div id="results" aria-live="polite">
        <RunList runs={runs} query={query} now={now} settings={settings} />
      </div>
    </Layout>
  );
}

interface RunListProps extends Omit<RunsPageProps, "filter"> {
  query: string;
}

function RunList({ runs, query, now, settings }: RunListProps) {
  return (
    <>
      {runs.items.length === 0 && query !== "" ? (
        <p class="empty">No run is like that.</p>
      ) : runs.items.length === 0 ? (
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
      <Pager path={query ? `/?${query}` : "/"} next={runs.next} label="Earlier runs" />
      <ExportLinks path="/runs" query={exportQuery(query)} />
    </>
  );
}

/** The API calls a search by its name. */
const exportQuery = (query: string) => query.replace(/(^|&)q=/, "$1search=");

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
