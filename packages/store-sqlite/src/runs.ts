import {
  hasFindings,
  type RunKey,
  type RunQuery,
  type RunRecord,
  type RunStore,
  type RunUpdate,
  runSearchText,
  searchTerm,
} from "@straycall/core";
import { changeBaseline } from "./baselines.js";
import { type Condition, repositoryCondition, searchCondition } from "./conditions.js";
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
  const { repository, has_findings, outcome, mode, search_text } = runColumns(run);
  sql.run(
    `INSERT OR REPLACE INTO runs (key, job_key, started_at, is_finished, repository, has_findings,
       outcome, mode, search_text, document)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    keyText(run.key),
    keyText(run.jobKey),
    run.startedAt,
    outcome === null ? 0 : 1,
    repository,
    has_findings,
    outcome,
    mode,
    search_text,
    JSON.stringify(run),
  );
}

/** What is asked of a run, as its columns hold it. */
export function runColumns(run: RunRecord) {
  return {
    repository: keyText(run.job.repository.toLowerCase()),
    has_findings: hasFindings(run) ? 1 : 0,
    outcome: run.outcome ?? null,
    mode: run.mode,
    search_text: keyText(runSearchText(run)),
  };
}

function runRows(sql: Sql, query: RunQuery): DocumentRow[] {
  const [startedAt, key] = positionAfter(query, [Number.MAX_VALUE, ""]);
  const conditions = ["(started_at, key) < (?, ?)"];
  const values: (string | number)[] = [startedAt, keyText(key)];
  const only = (condition: Condition | undefined) => {
    if (condition === undefined) return;
    conditions.push(condition.sql);
    values.push(...condition.values);
  };
  const same = (column: string, value: string | undefined) =>
    only(value === undefined ? undefined : { sql: `${column} = ?`, values: [keyText(value)] });
  if (query.unfinishedOnly) conditions.push("is_finished = 0");
  if (query.findingsOnly) conditions.push("has_findings = 1");
  const { startedBefore } = query;
  if (startedBefore !== undefined) only({ sql: "started_at < ?", values: [startedBefore] });
  same("job_key", query.jobKey);
  same("outcome", query.outcome);
  same("mode", query.mode);
  only(repositoryCondition(query.repositories));
  only(searchCondition(searchTerm(query.search ?? "")));
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
