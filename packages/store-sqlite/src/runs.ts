import type { RunKey, RunQuery, RunRecord, RunStore, RunUpdate } from "@straycall/core";
import { changeBaseline } from "./baselines.js";
import type { Database } from "./database.js";
import { type DocumentRow, readDocument } from "./document.js";
import { keyText } from "./key-text.js";
import { pageOf, positionAfter, rowsForPage } from "./paging.js";
import type { Sql } from "./sql.js";

export function sqliteRuns(database: Database): RunStore {
  return {
    async start(run) {
      const given = structuredClone(run);
      return database.write((sql) => {
        const stored = readRun(sql, given.key);
        if (stored === undefined) writeRun(sql, given);
        return stored ?? given;
      });
    },
    async update(key, fields) {
      const given = structuredClone(definedOnly(fields));
      return database.write((sql) => {
        const run = readRun(sql, key);
        if (run) writeRun(sql, { ...run, ...given });
      });
    },
    finish: (key, { outcome, finishedAt }, learn) =>
      database.write((sql) => {
        const run = readRun(sql, key);
        if (run === undefined || run.outcome !== undefined) return false;
        writeRun(sql, { ...run, outcome, finishedAt });
        if (learn) changeBaseline(sql, run.jobKey, learn);
        return true;
      }),
    get: (key) => database.read((sql) => readRun(sql, key)),
    list: (query = {}) =>
      database.read((sql) => {
        const runs = runRows(sql, query).map((row) => readDocument<RunRecord>(row));
        return pageOf(runs, query, (run) => [run.startedAt, run.key]);
      }),
  };
}

function readRun(sql: Sql, key: RunKey): RunRecord | undefined {
  const row = sql.get<DocumentRow>("SELECT document FROM runs WHERE key = ?", keyText(key));
  return row && readDocument<RunRecord>(row);
}

function writeRun(sql: Sql, run: RunRecord): void {
  sql.run(
    `INSERT OR REPLACE INTO runs (key, job_key, started_at, is_finished, document)
     VALUES (?, ?, ?, ?, ?)`,
    keyText(run.key),
    keyText(run.jobKey),
    run.startedAt,
    run.outcome === undefined ? 0 : 1,
    JSON.stringify(run),
  );
}

function runRows(sql: Sql, query: RunQuery): DocumentRow[] {
  const [startedAt, key] = positionAfter(query, [Number.MAX_VALUE, ""]);
  const conditions = ["(started_at, key) < (?, ?)"];
  const values: (string | number)[] = [startedAt, keyText(key)];
  if (query.unfinishedOnly) conditions.push("is_finished = 0");
  if (query.jobKey !== undefined) {
    conditions.push("job_key = ?");
    values.push(keyText(query.jobKey));
  }
  return sql.all<DocumentRow>(
    `SELECT document FROM runs WHERE ${conditions.join(" AND ")}
     ORDER BY started_at DESC, key DESC LIMIT ?`,
    ...values,
    rowsForPage(query),
  );
}

function definedOnly(fields: RunUpdate): Partial<RunRecord> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
