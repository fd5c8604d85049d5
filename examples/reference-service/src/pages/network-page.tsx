import type { Call, Page, RunRecord } from "@straycall/core";
import { runPath } from "../page-links.js";
import { CallsTable } from "./calls-table.js";
import { ExportLinks } from "./export-links.js";
import { Pager } from "./pager.js";
import { RunFrame } from "./run-frame.js";
import { CheckField, SearchForm } from "./search-form.js";

export interface NetworkPageProps {
  run: RunRecord;
  calls: Page<Call>;
  search: string | undefined;
  findingsOnly: boolean;
  isRecorded: boolean;
}

/** Every outbound call of a run. */
export function NetworkPage(props: NetworkPageProps) {
  const { run, calls, search, findingsOnly, isRecorded } = props;
  const path = `${runPath(run.key)}/network`;
  const chosen = new URLSearchParams({
    ...(search ? { q: search } : {}),
    ...(findingsOnly ? { findings: "1" } : {}),
  }).toString();
  const exported = new URLSearchParams({
    ...(search ? { search } : {}),
    ...(findingsOnly ? { anomalous: "1" } : {}),
  }).toString();
  return (
    <RunFrame run={run} tab="network" isRecorded={isRecorded}>
      <h2>Network events</h2>
      <SearchForm path={path} search={search} hint="endpoint, command, path, step">
        <CheckField name="findings" label="Show findings only" isOn={findingsOnly} />
      </SearchForm>
      <div id="results" aria-live="polite">
        {calls.items.length > 0 ? (
          <CallsTable calls={calls.items} />
        ) : (
          <p class="empty">No outbound call of this run is like that.</p>
        )}
        <Pager path={chosen ? `${path}?${chosen}` : path} next={calls.next} label="Later calls" />
        <ExportLinks path={`/runs/${encodeURIComponent(run.key)}/calls`} query={exported} />
      </div>
    </RunFrame>
  );
}
