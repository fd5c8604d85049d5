import {
  type Callers,
  type CallersQuery,
  type FleetSightings,
  type JobKey,
  ownerDomain,
  repositoryOfKey,
  type SeenHost,
} from "@straycall/core";
import { keyText } from "./key-text.js";
import type { Sql } from "./sql.js";

/** Hosts that a job's baseline holds. */
export type SeenHosts = ReadonlyMap<string, SeenHost>;

/**
 * Brings the table of who calls what up to date with one job's baseline, in the transaction that writes it.
 *
 * Writes only what changed: a job may call 50,000 hosts, and most runs change none of that.
 */
export function noteCalledHosts(sql: Sql, key: JobKey, known: SeenHosts, called: SeenHosts): void {
  const gone = [...known.keys()].filter((host) => !called.has(host));
  const changed = [...called].filter(([host, { since, isEvidence }]) => {
    const before = known.get(host);
    return before?.since !== since || before.isEvidence !== isEvidence;
  });
  if (gone.length + changed.length === 0) return;
  const job = memberNumber(sql, key);
  const repository = memberNumber(sql, repositoryOfKey(key));
  for (const host of gone) {
    sql.run("DELETE FROM called_hosts WHERE host = ? AND job = ?", keyText(host), job);
  }
  for (const [host, { since, isEvidence }] of changed) {
    const domain = ownerDomain(host);
    sql.run(
      `INSERT OR REPLACE INTO called_hosts (host, job, repository, domain, since, is_evidence)
       VALUES (?, ?, ?, ?, ?, ?)`,
      keyText(host),
      job,
      repository,
      domain === undefined ? null : keyText(domain),
      since,
      isEvidence ? 1 : 0,
    );
  }
}

export function readCallers(sql: Sql, { jobKey, host, domain }: CallersQuery): FleetSightings {
  const job = knownNumber(sql, jobKey);
  const repository = knownNumber(sql, repositoryOfKey(jobKey));
  const callers = (column: "host" | "domain", place: string): Callers => {
    const row = sql.get<Callers & { since: number | null }>(
      `SELECT count(DISTINCT iif(repository = ?, job, NULL)) AS jobs,
         count(DISTINCT iif(repository = ?, NULL, repository)) AS repositories,
         min(since) AS since
       FROM called_hosts WHERE ${column} = ? AND job <> ? AND is_evidence = 1`,
      repository,
      repository,
      keyText(place),
      job,
    );
    const { jobs = 0, repositories = 0, since = null } = row ?? {};
    return { jobs, repositories, ...(since === null ? {} : { since }) };
  };
  return {
    host: callers("host", host),
    domain: domain === undefined ? { jobs: 0, repositories: 0 } : callers("domain", domain),
  };
}

/** The number of a job or a repository, which gets one here. */
function memberNumber(sql: Sql, key: string): number {
  sql.run("INSERT OR IGNORE INTO fleet_members (key) VALUES (?)", keyText(key));
  return knownNumber(sql, key);
}

/** The number of a job or a repository; 0, which is nobody's, if it has none. */
function knownNumber(sql: Sql, key: string): number {
  const row = sql.get<{ id: number }>("SELECT id FROM fleet_members WHERE key = ?", keyText(key));
  return row?.id ?? 0;
}
