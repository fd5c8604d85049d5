import {
  type Baseline,
  type BaselineStore,
  calledHosts,
  type JobKey,
  type Learn,
  type PageQuery,
} from "@straycall/core";
import { noteCalledHosts, readCallers } from "./called-hosts.js";
import type { Database } from "./database.js";
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
  const known = calledHosts(before);
  const after = { ...change(before), revision };
  const document = JSON.stringify(after);
  sql.run(
    "INSERT OR REPLACE INTO baselines (job_key, revision, document) VALUES (?, ?, ?)",
    keyText(key),
    revision,
    document,
  );
  noteCalledHosts(sql, key, known, calledHosts(after));
  return { document };
}

function readBaseline(sql: Sql, key: JobKey): Baseline | undefined {
  const row = sql.get<DocumentRow>(
    "SELECT document FROM baselines WHERE job_key = ?",
    keyText(key),
  );
  return row && readDocument<Baseline>(row);
}

function listedKeys(sql: Sql, query: PageQuery): JobKey[] {
  const [, after] = positionAfter(query, [0, ""]);
  const rows = sql.all<{ job_key: string }>(
    "SELECT job_key FROM baselines WHERE job_key > ? ORDER BY job_key LIMIT ?",
    keyText(after),
    rowsForPage(query),
  );
  return rows.map((row) => keyOfText(row.job_key));
}
