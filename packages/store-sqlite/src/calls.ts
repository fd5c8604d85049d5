import type { Call, CallQuery, CallStore, RunKey } from "@straycall/core";
import type { Database } from "./database.js";
import { type DocumentRow, readDocument } from "./document.js";
import { keyText } from "./key-text.js";
import { pageOf, positionAfter, rowsForPage } from "./paging.js";
import type { Sql } from "./sql.js";

interface CallRow extends DocumentRow {
  runKey: string;
  id: string;
  time: number;
  isAnomalous: number;
}

export function sqliteCalls(database: Database): CallStore {
  return {
    async put(calls) {
      const rows = calls.map(callRow);
      return database.write((sql) => {
        for (const row of rows) putCall(sql, row);
      });
    },
    list: (key, query = {}) =>
      database.read((sql) => {
        const calls = listedRows(sql, key, query).map((row) => readDocument<Call>(row));
        return pageOf(calls, query, (call) => [call.time, call.id]);
      }),
  };
}

function callRow(call: Call): CallRow {
  return {
    runKey: keyText(call.runKey),
    id: keyText(call.id),
    time: call.time,
    isAnomalous: call.verdict === "anomalous" || call.verdict === "blocked" ? 1 : 0,
    document: JSON.stringify(call),
  };
}

function putCall(sql: Sql, { runKey, id, time, isAnomalous, document }: CallRow): void {
  sql.run(
    `INSERT OR REPLACE INTO calls (run_key, id, time, is_anomalous, document)
     VALUES (?, ?, ?, ?, ?)`,
    runKey,
    id,
    time,
    isAnomalous,
    document,
  );
}

function listedRows(sql: Sql, key: RunKey, query: CallQuery): DocumentRow[] {
  const [time, id] = positionAfter(query, [-Number.MAX_VALUE, ""]);
  return sql.all<DocumentRow>(
    `SELECT document FROM calls
     WHERE run_key = ? AND (time, id) > (?, ?) ${query.anomalousOnly ? "AND is_anomalous = 1" : ""}
     ORDER BY time, id LIMIT ?`,
    keyText(key),
    time,
    keyText(id),
    rowsForPage(query),
  );
}
