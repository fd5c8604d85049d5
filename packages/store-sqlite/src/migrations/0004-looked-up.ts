import type { Baseline, Call, Detection, RunRecord } from "@straycall/core";
import { seenHosts } from "@straycall/core";
import { noteCalledHosts } from "../called-hosts.js";
import { callColumns } from "../calls.js";
import { repositoryColumn } from "../conditions.js";
import { detectionColumns } from "../detections.js";
import { type DocumentRow, readDocument } from "../document.js";
import { keyOfText } from "../key-text.js";
import { runColumns } from "../runs.js";
import type { Sql } from "../sql.js";
import type { Migration } from "./migration.js";

/* What people look for: processes, calls by their process, anything by its words, and what belongs to some repositories. */
export const lookedUp: Migration = {
  version: 4,
  sql: `
    CREATE TABLE processes (
      run_key TEXT NOT NULL,
      id TEXT NOT NULL,
      parent_id TEXT,
      started_at REAL NOT NULL,
      search_text TEXT NOT NULL,
      document TEXT NOT NULL,
      PRIMARY KEY (run_key, id)
    ) STRICT;
    CREATE INDEX processes_by_start ON processes (run_key, started_at, id);
    CREATE INDEX processes_by_parent ON processes (run_key, parent_id, started_at, id)
      WHERE parent_id IS NOT NULL;

    ALTER TABLE calls ADD COLUMN process_id TEXT NOT NULL DEFAULT '';
    ALTER TABLE calls ADD COLUMN step_id TEXT;
    ALTER TABLE calls ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
    CREATE INDEX calls_by_process ON calls (run_key, process_id, time, id);
    CREATE INDEX calls_over_time ON calls (run_key, time, step_id, is_anomalous);

    ALTER TABLE runs ADD COLUMN repository TEXT NOT NULL DEFAULT '';
    ALTER TABLE runs ADD COLUMN has_findings INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE runs ADD COLUMN outcome TEXT;
    ALTER TABLE runs ADD COLUMN mode TEXT NOT NULL DEFAULT 'audit';
    ALTER TABLE runs ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
    CREATE INDEX runs_by_repository ON runs (repository, started_at, key);
    CREATE INDEX runs_with_findings ON runs (started_at, key) WHERE has_findings = 1;

    ALTER TABLE detections ADD COLUMN repository TEXT NOT NULL DEFAULT '';
    ALTER TABLE detections ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
    CREATE INDEX detections_by_repository ON detections (repository, position);
    CREATE INDEX detections_by_subject ON detections (subject, position);

    ALTER TABLE baselines ADD COLUMN repository TEXT NOT NULL DEFAULT '';
    CREATE INDEX baselines_by_repository ON baselines (repository, job_key);

    ALTER TABLE called_hosts ADD COLUMN is_evidence INTEGER NOT NULL DEFAULT 1;
    CREATE INDEX called_hosts_by_job ON called_hosts (job);
  `,
  fill(sql) {
    forEach<Call>(sql, "calls", (call, rowid) => {
      const { process_id, step_id, search_text } = callColumns(call);
      sql.run(
        "UPDATE calls SET process_id = ?, step_id = ?, search_text = ? WHERE rowid = ?",
        process_id,
        step_id,
        search_text,
        rowid,
      );
    });
    forEach<RunRecord>(sql, "runs", (run, rowid) => {
      const { repository, has_findings, outcome, mode, search_text } = runColumns(run);
      sql.run(
        `UPDATE runs SET repository = ?, has_findings = ?, outcome = ?, mode = ?, search_text = ?
         WHERE rowid = ?`,
        repository,
        has_findings,
        outcome,
        mode,
        search_text,
        rowid,
      );
    });
    forEach<Detection>(sql, "detections", (detection, rowid) => {
      const { repository, search_text } = detectionColumns(detection);
      sql.run(
        "UPDATE detections SET repository = ?, search_text = ? WHERE rowid = ?",
        repository,
        search_text,
        rowid,
      );
    });
    forEach<Baseline>(sql, "baselines", (baseline, rowid) => {
      const { job_key = "" } =
        sql.get<{ job_key: string }>("SELECT job_key FROM baselines WHERE rowid = ?", rowid) ?? {};
      const key = keyOfText(job_key);
      sql.run("UPDATE baselines SET repository = ? WHERE rowid = ?", repositoryColumn(key), rowid);
      noteCalledHosts(sql, key, new Map(), seenHosts(baseline));
    });
  },
};

/** Goes through a table's documents, one at a time: there may be millions. */
function forEach<T>(
  sql: Sql,
  table: "calls" | "runs" | "detections" | "baselines",
  change: (record: T, rowid: number) => void,
): void {
  for (let after = 0; ; ) {
    const rows = sql.all<DocumentRow & { row: number }>(
      `SELECT rowid AS row, document FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT 200`,
      after,
    );
    for (const found of rows) change(readDocument<T>(found), found.row);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.row;
  }
}
