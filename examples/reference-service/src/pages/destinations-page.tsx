import {
  type Destination,
  type DestinationCaller,
  type Page,
  utcTime,
  visibleText,
} from "@straycall/core";
import { destinationPath } from "../page-links.js";
import { countText } from "./amounts.js";
import { JobLink } from "./baselines-page.js";
import { ExportLinks } from "./export-links.js";
import { Layout } from "./layout.js";
import { Pager } from "./pager.js";
import { SearchForm } from "./search-form.js";

export interface DestinationsPageProps {
  destinations: Page<Destination>;
  search: string | undefined;
}

/** All hosts that any job calls. */
export function DestinationsPage({ destinations, search }: DestinationsPageProps) {
  const chosen = search ? new URLSearchParams({ q: search }).toString() : "";
  const exported = search ? new URLSearchParams({ search }).toString() : "";
  return (
    <Layout title="Destinations" section="destinations">
      <h1>Destinations</h1>
      <p class="lead">Every host that is in the baseline of a job, and how many call it.</p>
      <SearchForm path="/destinations" search={search} hint="host" />
      <div id="results" aria-live="polite">
        {destinations.items.length === 0 ? (
          <p class="empty">No destination is like that.</p>
        ) : (
          <table class="list">
            <thead>
              <tr>
                <th scope="col">Host</th>
                <th scope="col">Jobs</th>
                <th scope="col">Repositories</th>
                <th scope="col">Since</th>
              </tr>
            </thead>
            <tbody>
              {destinations.items.map(({ host, jobs, repositories, since, unsure }) => (
                <tr>
                  <th scope="row">
                    <a href={destinationPath(host)}>
                      <code>{visibleText(host, 300)}</code>
                    </a>
                  </th>
                  <td data-label="Jobs">
                    {countText(jobs, "job")}
                    {unsure > 0 && (
                      <span class="minor">{unsure} of them once, or not reviewed</span>
                    )}
                  </td>
                  <td data-label="Repositories">
                    {countText(repositories, "repository", "repositories")}
                  </td>
                  <td data-label="Since">{utcTime(since)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <Pager
          path={chosen ? `/destinations?${chosen}` : "/destinations"}
          next={destinations.next}
          label="More destinations"
        />
        <ExportLinks path="/destinations" query={exported} />
      </div>
    </Layout>
  );
}

export interface DestinationPageProps {
  host: string;
  callers: Page<DestinationCaller>;
}

/** Who calls a host, and since when. */
export function DestinationPage({ host, callers }: DestinationPageProps) {
  const shown = visibleText(host, 300);
  return (
    <Layout title={shown} section="destinations">
      <p class="crumb">
        <a href="/destinations">Destinations</a> / {shown}
      </p>
      <h1>{shown}</h1>
      <p>
        <a href={`/detections?q=${encodeURIComponent(host)}`}>Detections of it</a>
      </p>
      {callers.items.length === 0 ? (
        <p class="empty">It is in the baseline of no job that you may see.</p>
      ) : (
        <table class="list">
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col">Since</th>
              <th scope="col">How sure</th>
            </tr>
          </thead>
          <tbody>
            {callers.items.map(({ jobKey, since, isUnsure }) => (
              <tr class={isUnsure ? "anomalous" : undefined}>
                <th scope="row">
                  <JobLink jobKey={jobKey} />
                </th>
                <td data-label="Since">{utcTime(since)}</td>
                <td data-label="How sure">{isUnsure ? "called once, or not reviewed" : "known"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Pager path={destinationPath(host)} next={callers.next} label="More jobs" />
    </Layout>
  );
}
