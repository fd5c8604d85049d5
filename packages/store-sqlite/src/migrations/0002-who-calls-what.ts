import { seenHosts } from "@straycall/core";
import { noteCalledHosts } from "../called-hosts.js";
import { type DocumentRow, readDocument } from "../document.js";
import { keyOfText } from "../key-text.js";
import type { Sql } from "../sql.js";
import type { Migration } from "./migration.js";

/* Which hosts the jobs call, by host and by domain: the baselines' documents cannot be asked that. */
export const whoCallsWhat: Migration = {
  version: 2,
  sql: `
    -- Jobs and repositories have numbers: their keys in each row would be most of the table.
    CREATE TABLE fleet_members (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE called_hosts (
      host TEXT NOT NULL,
      job INTEGER NOT NULL REFERENCES fleet_members (id),
      repository INTEGER NOT NULL REFERENCES fleet_members (id),
      domain TEXT,
      since REAL NOT NULL,
      PRIMARY KEY (host, job)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX called_hosts_by_domain ON called_hosts (domain, repository, job, since)
      WHERE domain IS NOT NULL;
  `,
  fill(sql) {
    for (const { job_key } of sql.all<{ job_key: string }>("SELECT job_key FROM baselines")) {
      fillFromBaseline(sql, job_key);
    }
  },
};

function fillFromBaseline(sql: Sql, jobKeyText: string): void {
  const row = sql.get<DocumentRow>("SELECT document FROM baselines WHERE job_key = ?", jobKeyText);
  if (row) noteCalledHosts(sql, keyOfText(jobKeyText), new Map(), seenHosts(readDocument(row)));
}
