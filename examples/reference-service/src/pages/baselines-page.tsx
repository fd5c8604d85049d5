import { type JobKey, type Maturity, type Page, parseJobKey, visibleText } from "@straycall/core";
import { baselinePath } from "../page-links.js";
import { countText } from "./amounts.js";
import { Layout } from "./layout.js";
import { Pager } from "./pager.js";

/** A job and what its baseline rests on. */
export interface BaselineRow {
  key: JobKey;
  runs: number;
  endpoints: number;
  unreviewed: number;
  maturity: Maturity;
}

/** Every job that has a baseline. */
export function BaselinesPage({ rows }: { rows: Page<BaselineRow> }) {
  return (
    <Layout title="Baselines" section="baselines">
      <h1>Baselines</h1>
      <p class="lead">What each job normally calls, learned over its runs.</p>
      {rows.items.length === 0 ? (
        <p class="empty">No job has taught anything yet.</p>
      ) : (
        <table class="list">
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col">Runs</th>
              <th scope="col">Endpoints</th>
              <th scope="col">Maturity</th>
            </tr>
          </thead>
          <tbody>
            {rows.items.map(({ key, runs, endpoints, unreviewed, maturity }) => (
              <tr>
                <th scope="row">
                  <JobLink jobKey={key} />
                </th>
                <td data-label="Runs">{countText(runs, "run")}</td>
                <td data-label="Endpoints">
                  {countText(endpoints, "endpoint")}
                  {unreviewed > 0 && <span class="minor">{unreviewed} not reviewed</span>}
                </td>
                <td data-label="Maturity">
                  {maturity.level}
                  <span class="minor">{maturity.text}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Pager path="/baselines" next={rows.next} label="More jobs" />
    </Layout>
  );
}

/** A job as a link to its baseline. */
export function JobLink({ jobKey }: { jobKey: JobKey }) {
  const job = parseJobKey(jobKey);
  return (
    <span class="job">
      <a href={baselinePath(jobKey)}>{visibleText(job?.job ?? jobKey, 160)}</a>
      {job && <span class="minor">{visibleText(`${job.repository} · ${job.workflow}`, 300)}</span>}
    </span>
  );
}
