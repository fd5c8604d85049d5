import type { Call, CallQuery, CallStore, RunKey } from "@straycall/core";
import type { Database } from "./database.js";
import { type DocumentRow, readDocument } from "./document.js";
import { keyText } from "./key-text.js";
import { pageOf, positionAfter, rowsForPage } from "./paging.js";
import type { Sql } from "./sql.js";

export function sqliteCalls(database: Database): CallStore {
  return {
    put: (calls) =>
      database.write((sql) => {
        for (const call of calls) writeCall(sql, call);
      }),
    list: (key, query = {}) =>
      database.read((sql) => {
        const calls = callRows(sql, key, query).map((row) => readDocument<Call>(row));
        return pageOf(calls, query, (call) => [call.time, call.id]);
      }),
  };
}

function writeCall(sql: Sql, call: Call): void {
  sql.run(
    `INSERT OR REPLACE INTO calls (run_key, id, time, is_anomalous, document)
     VALUES (?, ?, ?, ?, ?)`,
    keyText(call.runKey),
    keyText(call.id),
    call.time,
    call.verdict === "anomalous" ? 1 : 0,
    JSON.stringify(call),
  );
}

function callRows(sql: Sql, key: RunKey, query: CallQuery): DocumentRow[] {
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
