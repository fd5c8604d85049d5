import type {
  BaselineQuery,
  Destination,
  DestinationCaller,
  DestinationQuery,
  Page,
} from "@straycall/core";
import { searchTerm } from "@straycall/core";
import { repositoryCondition } from "./conditions.js";
import { keyOfText, keyText } from "./key-text.js";
import { pageOf, positionAfter, rowsForPage } from "./paging.js";
import type { Sql } from "./sql.js";

/** Jobs of some repositories, by their number. */
const ofScope = (query: BaselineQuery) => {
  const scope = repositoryCondition(query.repositories);
  if (scope === undefined) return { sql: "1", values: [] };
  const jobs = `SELECT id FROM fleet_members JOIN baselines ON job_key = key WHERE ${scope.sql}`;
  return { sql: `job IN (${jobs})`, values: scope.values };
};

export function readDestinations(sql: Sql, query: DestinationQuery): Page<Destination> {
  const [, after] = positionAfter(query, [0, ""]);
  const scope = ofScope(query);
  const term = keyText(searchTerm(query.search ?? ""));
  const rows = sql.all<Destination>(
    `SELECT host, count(*) AS jobs, count(DISTINCT repository) AS repositories, min(since) AS since,
       sum(1 - is_evidence) AS unsure
     FROM called_hosts WHERE host > ? AND ${scope.sql} AND (? = '' OR instr(lower(host), ?) > 0)
     GROUP BY host ORDER BY host LIMIT ?`,
    keyText(after),
    ...scope.values,
    term,
    term,
    rowsForPage(query),
  );
  const destinations = rows.map((row) => ({ ...row, host: keyOfText(row.host) }));
  return pageOf(destinations, query, ({ host }) => [0, host]);
}

export function readCallersOf(
  sql: Sql,
  host: string,
  query: BaselineQuery,
): Page<DestinationCaller> {
  const [, after] = positionAfter(query, [0, ""]);
  const scope = ofScope(query);
  const rows = sql.all<{ key: string; since: number; isEvidence: number }>(
    `SELECT key, since, is_evidence AS isEvidence FROM called_hosts
     JOIN fleet_members ON fleet_members.id = job
     WHERE host = ? AND key > ? AND ${scope.sql} ORDER BY key LIMIT ?`,
    keyText(host),
    keyText(after),
    ...scope.values,
    rowsForPage(query),
  );
  const callers = rows.map(({ key, since, isEvidence }) => ({
    jobKey: keyOfText(key),
    since,
    isUnsure: isEvidence === 0,
  }));
  return pageOf(callers, query, ({ jobKey }) => [0, jobKey]);
}
