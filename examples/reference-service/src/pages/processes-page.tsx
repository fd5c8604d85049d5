import {
  type Page,
  type ProcessRecord,
  type RunRecord,
  stepTitle,
  visibleText,
} from "@straycall/core";
import { processPath, runPath } from "../page-links.js";
import { durationText } from "./amounts.js";
import { ExportLinks } from "./export-links.js";
import { TimeOfDay } from "./moment.js";
import { Pager } from "./pager.js";
import { RunFrame } from "./run-frame.js";
import { SearchForm } from "./search-form.js";

export interface ProcessesPageProps {
  run: RunRecord;
  processes: Page<ProcessRecord>;
  search: string | undefined;
  isRecorded: boolean;
}

/** Every process of a run. */
export function ProcessesPage({ run, processes, search, isRecorded }: ProcessesPageProps) {
  const path = `${runPath(run.key)}/processes`;
  const chosen = search ? `${path}?${new URLSearchParams({ q: search })}` : path;
  const exported = search ? new URLSearchParams({ search }).toString() : "";
  return (
    <RunFrame run={run} tab="processes" isRecorded={isRecorded}>
      <h2>Process events</h2>
      <SearchForm path={path} search={search} hint="command, program, pid, step" />
      <div id="results" aria-live="polite">
        {processes.items.length > 0 ? (
          <ProcessesTable run={run} processes={processes.items} />
        ) : (
          <p class="empty">No process of this run is like that.</p>
        )}
        <Pager path={chosen} next={processes.next} label="Later processes" />
        <ExportLinks path={`/runs/${encodeURIComponent(run.key)}/processes`} query={exported} />
      </div>
    </RunFrame>
  );
}

export interface ProcessesTableProps {
  run: RunRecord;
  processes: readonly ProcessRecord[];
}

export function ProcessesTable({ run, processes }: ProcessesTableProps) {
  return (
    <table class="list processes">
      <thead>
        <tr>
          <th scope="col">Started (UTC)</th>
          <th scope="col">PID</th>
          <th scope="col">Command</th>
          <th scope="col">Step</th>
          <th scope="col">Ended</th>
        </tr>
      </thead>
      <tbody>
        {processes.map((process) => (
          <tr>
            <td data-label="Started (UTC)">
              {process.startedAt === undefined ? "–" : <TimeOfDay time={process.startedAt} />}
            </td>
            <td data-label="PID" class="digits">
              <a href={processPath(run.key, process.entityId)}>{process.pid}</a>
              {process.parentPid !== undefined && <span class="minor">of {process.parentPid}</span>}
            </td>
            <th scope="row">
              <code class="command">
                {visibleText(process.commandLine || process.executable || "unknown", 300)}
              </code>
              {process.executable && (
                <span class="minor">{visibleText(process.executable, 200)}</span>
              )}
            </th>
            <td data-label="Step">
              <span class="step">
                {process.step ? visibleText(stepTitle(process.step), 120) : "–"}
              </span>
            </td>
            <td data-label="Ended">
              <EndText process={process} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function EndText({ process: { startedAt, endedAt, exitCode } }: { process: ProcessRecord }) {
  if (endedAt === undefined) return <>–</>;
  return (
    <span class="end">
      {startedAt === undefined ? "ended" : `after ${durationText(endedAt - startedAt)}`}
      {exitCode !== undefined && <span class="minor">exit code {exitCode}</span>}
    </span>
  );
}
