import {
  type Baseline,
  type BaselineQuery,
  type BaselineStore,
  type JobKey,
  type Learn,
  seenHosts,
} from "@straycall/core";
import { noteCalledHosts, readCallers } from "./called-hosts.js";
import { repositoryColumn, repositoryCondition } from "./conditions.js";
import type { Database } from "./database.js";
import { readCallersOf, readDestinations } from "./destinations.js";
import { type DocumentRow, readDocument } from "./document.js";
import { keyOfText, keyText } from "./key-text.js";
import { pageOf, positionAfter, rowsForPage } from "./paging.js";
import type { Sql } from "./sql.js";

export function sqliteBaselines(database: Database): BaselineStore {
  return {
    get: (key) => database.read((sql) => readBaseline(sql, key)),
    revision: (key) => database.read((sql) => baselineRevision(sql, key)),
    change: (key, change) =>
      database.write((sql) => readDocument<Baseline>(changeBaseline(sql, key, change))),
    callers: (query) => database.read((sql) => readCallers(sql, query)),
    list: (query = {}) =>
      database.read((sql) => pageOf(listedKeys(sql, query), query, (key) => [0, key])),
    destinations: (query = {}) => database.read((sql) => readDestinations(sql, query)),
    callersOf: (host, query = {}) => database.read((sql) => readCallersOf(sql, host, query)),
  };
}

/** 0 if there is none. */
export function baselineRevision(sql: Sql, key: JobKey): number {
  const row = sql.get<{ revision: number }>(
    "SELECT revision FROM baselines WHERE job_key = ?",
    keyText(key),
  );
  return row?.revision ?? 0;
}

/** Within the caller's transaction. Answers with the document that is stored now. */
export function changeBaseline(sql: Sql, key: JobKey, change: Learn): DocumentRow {
  const before = readBaseline(sql, key);
  const revision = baselineRevision(sql, key) + 1;
  // Before the change: it may be made in place.
  const known = seenHosts(before);
  const after = { ...change(before), revision };
  const document = JSON.stringify(after);
  sql.run(
    `INSERT OR REPLACE INTO baselines (job_key, revision, repository, document)
     VALUES (?, ?, ?, ?)`,
    keyText(key),
    revision,
    repositoryColumn(key),
    document,
  );
  noteCalledHosts(sql, key, known, seenHosts(after));
  return { document };
}

function readBaseline(sql: Sql, key: JobKey): Baseline | undefined {
  const row = sql.get<DocumentRow>(
    "SELECT document FROM baselines WHERE job_key = ?",
    keyText(key),
  );
  return row && readDocument<Baseline>(row);
}

function listedKeys(sql: Sql, query: BaselineQuery): JobKey[] {
  const [, after] = positionAfter(query, [0, ""]);
  const ofScope = repositoryCondition(query.repositories) ?? { sql: "1", values: [] };
  const rows = sql.all<{ job_key: string }>(
    `SELECT job_key FROM baselines WHERE job_key > ? AND ${ofScope.sql} ORDER BY job_key LIMIT ?`,
    keyText(after),
    ...ofScope.values,
    rowsForPage(query),
  );
  return rows.map((row) => keyOfText(row.job_key));
}
