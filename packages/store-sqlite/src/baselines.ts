import type { Baseline, BaselineStore, JobKey } from "@straycall/core";
import type { Database } from "./database.js";
import { type DocumentRow, readDocument } from "./document.js";
import { keyText } from "./key-text.js";
import type { Sql } from "./sql.js";

export function sqliteBaselines(database: Database): BaselineStore {
  return {
    get: (key) => database.read((sql) => readBaseline(sql, key)),
    revision: (key) => database.read((sql) => baselineRevision(sql, key)),
  };
}

export function readBaseline(sql: Sql, key: JobKey): Baseline | undefined {
  const row = sql.get<DocumentRow>(
    "SELECT document FROM baselines WHERE job_key = ?",
    keyText(key),
  );
  return row && readDocument<Baseline>(row);
}

/** 0 if there is none. */
export function baselineRevision(sql: Sql, key: JobKey): number {
  const row = sql.get<{ revision: number }>(
    "SELECT revision FROM baselines WHERE job_key = ?",
    keyText(key),
  );
  return row?.revision ?? 0;
}

export function writeBaseline(sql: Sql, key: JobKey, baseline: Baseline): void {
  sql.run(
    "INSERT OR REPLACE INTO baselines (job_key, revision, document) VALUES (?, ?, ?)",
    keyText(key),
    baseline.revision,
    JSON.stringify(baseline),
  );
}
