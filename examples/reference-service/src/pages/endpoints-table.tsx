import { type BaselineEndpoint, hostOfKey, utcTime, visibleText } from "@straycall/core";
import { destinationPath } from "../page-links.js";
import { countText } from "./amounts.js";

/** An endpoint of a baseline. */
export interface EndpointRow {
  /** `host:port` */
  key: string;
  endpoint: BaselineEndpoint;
}

const maxHabits = 6;

/** Endpoints with how they are called. */
export function EndpointsTable({ rows }: { rows: readonly EndpointRow[] }) {
  if (rows.length === 0) return <p class="empty">No endpoint is like that.</p>;
  return (
    <table class="list">
      <thead>
        <tr>
          <th scope="col">Endpoint</th>
          <th scope="col">Runs</th>
          <th scope="col">First seen</th>
          <th scope="col">Last seen</th>
          <th scope="col">Programs</th>
          <th scope="col">Requests</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, endpoint }) => (
          <tr class={endpoint.unreviewed ? "anomalous" : undefined}>
            <th scope="row">
              <a href={destinationPath(hostOfKey(key))}>
                <code>{visibleText(key, 300)}</code>
              </a>
              {endpoint.unreviewed && <span class="minor">told, and not reviewed</span>}
            </th>
            <td data-label="Runs">{countText(endpoint.runs, "run")}</td>
            <td data-label="First seen">
              {utcTime(endpoint.firstSeenAt)}
              <span class="minor">run {endpoint.firstRun}</span>
            </td>
            <td data-label="Last seen">
              {utcTime(endpoint.lastSeenAt)}
              <span class="minor">run {endpoint.lastRun}</span>
            </td>
            <td data-label="Programs">
              <Habits counts={endpoint.habits?.programs} />
            </td>
            <td data-label="Requests">
              <Habits counts={endpoint.habits?.routes ?? endpoint.habits?.methods} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Habits({ counts = {} }: { counts: Readonly<Record<string, number>> | undefined }) {
  const names = Object.keys(counts);
  if (names.length === 0) return <>–</>;
  return (
    <>
      {names.slice(0, maxHabits).map((name) => (
        <code class="habit">{visibleText(name, 160)}</code>
      ))}
      {names.length > maxHabits && <span class="minor">and {names.length - maxHabits} more</span>}
    </>
  );
}
