import type { Baseline, BaselineStore, JobKey, Learn, PageQuery } from "@straycall/core";
import type { Database } from "./database.js";
import { type DocumentRow, readDocument } from "./document.js";
import { keyOfText, keyText } from "./key-text.js";
import { pageOf, positionAfter, rowsForPage } from "./paging.js";
import type { Sql } from "./sql.js";

export function sqliteBaselines(database: Database): BaselineStore {
  return {
    get: (key) => database.read((sql) => readBaseline(sql, key)),
    revision: (key) => database.read((sql) => baselineRevision(sql, key)),
    change: (key, change) => database.write((sql) => changeBaseline(sql, key, change)),
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

/** Within the caller's transaction. Answers with the baseline that is stored now. */
export function changeBaseline(sql: Sql, key: JobKey, change: Learn): Baseline {
  const revision = baselineRevision(sql, key) + 1;
  const document = JSON.stringify({ ...change(readBaseline(sql, key)), revision });
  sql.run(
    "INSERT OR REPLACE INTO baselines (job_key, revision, document) VALUES (?, ?, ?)",
    keyText(key),
    revision,
    document,
  );
  return readDocument<Baseline>({ document });
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
