import {
  type Baseline,
  type BaselineChange,
  type EndpointFamily,
  type JobKey,
  type Maturity,
  parseJobKey,
  utcTime,
  visibleText,
} from "@straycall/core";
import { useContext } from "hono/jsx";
import { may } from "../access/access.js";
import { baselinePath, destinationPath } from "../page-links.js";
import { countText } from "./amounts.js";
import { type EndpointRow, EndpointsTable } from "./endpoints-table.js";
import { FactList } from "./facts.js";
import { GrowthPicture } from "./growth-picture.js";
import { Layout } from "./layout.js";
import { CheckField, SearchForm } from "./search-form.js";
import { SignedIn } from "./signed-in.js";

export interface BaselinePageProps {
  jobKey: JobKey;
  baseline: Baseline;
  maturity: Maturity;
  /** Those that are shown, and where those after them begin. */
  endpoints: { items: readonly EndpointRow[]; next?: number; total: number };
  families: readonly EndpointFamily[];
  /** The newest first. */
  changes: readonly BaselineChange[];
  /** How many endpoints were known after each run that brought one. */
  growth: readonly { run: number; endpoints: number }[];
  filter: { search: string | undefined; unreviewedOnly: boolean };
}

const maxFamilies = 100;
const maxAdded = 20;

/** What a job normally calls. */
export function BaselinePage(props: BaselinePageProps) {
  const { jobKey, baseline, maturity, endpoints, families, changes, growth, filter } = props;
  const job = parseJobKey(jobKey);
  const title = `Baseline of ${visibleText(job?.job ?? jobKey, 160)}`;
  const path = baselinePath(jobKey);
  const count = Object.keys(baseline.endpoints).length;
  const chosen = new URLSearchParams({
    ...(filter.search ? { q: filter.search } : {}),
    ...(filter.unreviewedOnly ? { unreviewed: "1" } : {}),
  });
  return (
    <Layout title={title} section="baselines">
      <p class="crumb">
        <a href="/baselines">Baselines</a> /{" "}
        {job && visibleText(`${job.repository} / ${job.workflow}`, 300)}
      </p>
      <h1>{title}</h1>
      <FactList
        facts={[
          { label: "Learned from", value: countText(baseline.runs, "run") },
          { label: "Endpoints", value: countText(count, "endpoint") },
          { label: "Maturity", value: `${maturity.level}: ${maturity.text}` },
          ...(baseline.forgotten > 0
            ? [{ label: "Forgotten", value: countText(baseline.forgotten, "endpoint") }]
            : []),
        ]}
      />
      <p>
        <a href={`/?q=${encodeURIComponent(job?.job ?? "")}`}>Its runs</a> ·{" "}
        <a href={`/api/v1/baselines/${encodeURIComponent(jobKey)}/allow-list`}>
          Allow list for block mode
        </a>
      </p>
      <h2>Growth</h2>
      <GrowthPicture runs={baseline.runs} growth={growth} />
      <h2>Endpoints</h2>
      <SearchForm path={path} search={filter.search} hint="host">
        <CheckField
          name="unreviewed"
          label="Show what is not reviewed only"
          isOn={filter.unreviewedOnly}
        />
      </SearchForm>
      <div id="results" aria-live="polite">
        <EndpointsTable rows={endpoints.items} />
        {endpoints.next !== undefined && (
          <nav class="pager" aria-label="More endpoints">
            <a
              rel="next"
              href={`${path}?${new URLSearchParams([...chosen, ["after", String(endpoints.next)]])}`}
            >
              More endpoints
            </a>
          </nav>
        )}
      </div>
      {families.length > 0 && (
        <FamiliesSection path={path} families={families} baseline={baseline} />
      )}
      <h2>Changes</h2>
      <ol class="history">
        {changes.map(({ run, at, added }) => (
          <li>
            Run {run}, {utcTime(at)}:{" "}
            {added.slice(0, maxAdded).map(({ endpoint, unreviewed }) => (
              <span class="added">
                <a href={destinationPath(endpoint.replace(/:\d+$/, ""))}>
                  <code>{visibleText(endpoint, 300)}</code>
                </a>
                {unreviewed && " (not reviewed)"}{" "}
              </span>
            ))}
            {added.length > maxAdded && `and ${added.length - maxAdded} more`}
          </li>
        ))}
      </ol>
    </Layout>
  );
}

interface FamiliesSectionProps {
  path: string;
  families: readonly EndpointFamily[];
  baseline: Baseline;
}

function FamiliesSection({ path, families, baseline }: FamiliesSectionProps) {
  const access = useContext(SignedIn);
  const mayDecide = access !== undefined && may(access, "admin");
  return (
    <>
      <h2>Families</h2>
      <p class="lead">
        Hosts that take turns. Of one that is established the next member is expected.
      </p>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Pattern</th>
            <th scope="col">Seen</th>
            <th scope="col">First and last</th>
            <th scope="col">Established</th>
            {mayDecide && <th scope="col">Decide</th>}
          </tr>
        </thead>
        <tbody>
          {families
            .slice(0, maxFamilies)
            .map(({ pattern, members, text, isEstablished, decision }) => (
              <tr>
                <th scope="row">
                  <code>{visibleText(pattern, 300)}</code>
                </th>
                <td data-label="Seen">{text}</td>
                <td data-label="First and last">
                  <SpanText baseline={baseline} members={members} />
                </td>
                <td data-label="Established">
                  {isEstablished ? "yes" : "no"}
                  {decision && <span class="minor">{decision} by a person</span>}
                </td>
                {mayDecide && (
                  <td data-label="Decide">
                    <form method="post" action={`${path}/families`} class="actions">
                      <input type="hidden" name="pattern" value={pattern} />
                      <button type="submit" name="decision" value="approved">
                        Approve
                      </button>
                      <button type="submit" name="decision" value="refused">
                        Refuse
                      </button>
                      {decision && (
                        <button type="submit" name="decision" value="">
                          Take back
                        </button>
                      )}
                    </form>
                  </td>
                )}
              </tr>
            ))}
        </tbody>
      </table>
      {families.length > maxFamilies && (
        <p class="minor">{families.length - maxFamilies} more, of fewer runs.</p>
      )}
    </>
  );
}

/** When any of a family was called first, and last. */
function SpanText({ baseline, members }: { baseline: Baseline; members: readonly string[] }) {
  const known = members.flatMap((key) => baseline.endpoints[key] ?? []);
  if (known.length === 0) return <>–</>;
  const first = known.reduce((least, { firstSeenAt }) => Math.min(least, firstSeenAt), Infinity);
  const last = known.reduce((most, { lastSeenAt }) => Math.max(most, lastSeenAt), 0);
  return (
    <>
      {utcTime(first)}
      <span class="minor">{utcTime(last)}</span>
    </>
  );
}
