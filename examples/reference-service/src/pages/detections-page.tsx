import {
  type Detection,
  detectionKinds,
  endpointKey,
  type Page,
  severities,
  visibleText,
} from "@straycall/core";
import { detectionPath, runPath } from "../page-links.js";
import {
  type DetectionFilter,
  detectionStatuses,
  filterQuery,
} from "../routes/detection-filter.js";
import { ExportLinks } from "./export-links.js";
import { JobName } from "./job-name.js";
import { Layout } from "./layout.js";
import { KindMark, SeverityMark } from "./marks.js";
import { Moment } from "./moment.js";
import { Pager } from "./pager.js";
import { ChoiceField, SearchForm } from "./search-form.js";

export interface DetectionsPageProps {
  detections: Page<Detection>;
  filter: DetectionFilter;
  now: number;
}

export function DetectionsPage({ detections, filter, now }: DetectionsPageProps) {
  const query = filterQuery(filter);
  return (
    <Layout title="Detections" section="detections">
      <h1>Detections</h1>
      <p class="lead">
        Endpoints that a job called for the first time after its baseline was learned, known ones
        that it called in a new way or that took unusual traffic, and endpoints that a policy
        refused. Each is told once for its job, however many runs call it.
      </p>
      <SearchForm path="/detections" search={filter.search} hint="endpoint, job, command, reason">
        <ChoiceField
          label="Status"
          name="status"
          values={detectionStatuses}
          value={filter.status}
        />
        <ChoiceField label="What" name="kind" values={detectionKinds} value={filter.kind} />
        <ChoiceField
          label="From severity"
          name="severity"
          values={severities}
          value={filter.minimumSeverity}
        />
      </SearchForm>
      <div id="results" aria-live="polite">
        <DetectionList detections={detections} query={query} now={now} />
      </div>
    </Layout>
  );
}

interface DetectionListProps {
  detections: Page<Detection>;
  query: string;
  now: number;
}

function DetectionList({ detections, query, now }: DetectionListProps) {
  return (
    <>
      {detections.items.length === 0 && query !== "" ? (
        <p class="empty">No detection is like that.</p>
      ) : detections.items.length === 0 ? (
        <section class="empty">
          <h2>Nothing to tell</h2>
          <p>
            No job called an endpoint that was new to it, or a known one in a new way, and none was
            refused a call. While a baseline is still learning, only what is bad in any job is told.
            See the <a href="/">runs</a> for how far each one is.
          </p>
        </section>
      ) : (
        <table class="list">
          <thead>
            <tr>
              <th scope="col">Endpoint</th>
              <th scope="col">What</th>
              <th scope="col">Severity</th>
              <th scope="col">Job and run</th>
              <th scope="col">Command</th>
              <th scope="col">Status</th>
              <th scope="col">Called</th>
            </tr>
          </thead>
          <tbody>
            {detections.items.map((detection) => (
              <DetectionRow detection={detection} now={now} />
            ))}
          </tbody>
        </table>
      )}
      <Pager
        path={query ? `/detections?${query}` : "/detections"}
        next={detections.next}
        label="Earlier detections"
      />
      <ExportLinks path="/detections" query={query.replace(/(^|&)q=/, "$1search=")} />
    </>
  );
}

function DetectionRow({ detection, now }: { detection: Detection; now: number }) {
  const { commandLine } = detection.evidence.call;
  return (
    <tr class={detection.kind === "blocked-call" ? "blocked" : "anomalous"}>
      <th scope="row">
        <a href={detectionPath(detection.id)}>
          <code>{visibleText(endpointKey(detection.endpoint), 300)}</code>
        </a>
      </th>
      <td data-label="What">
        <KindMark kind={detection.kind} />
      </td>
      <td data-label="Severity">
        <SeverityMark severity={detection.severity} />
      </td>
      <td data-label="Job and run">
        <JobName
          job={detection.job}
          runId={detection.run.runId}
          href={runPath(detection.run.key)}
        />
      </td>
      <td data-label="Command">
        <code class="command">{visibleText(commandLine || "unknown", 240)}</code>
      </td>
      <td data-label="Status">{detection.status}</td>
      <td data-label="Called">
        <Moment time={detection.occurredAt} now={now} />
      </td>
    </tr>
  );
}
