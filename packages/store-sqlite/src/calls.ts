import {
  type Call,
  type CallDensity,
  type CallDensityQuery,
  type CallQuery,
  type CallStore,
  callSearchText,
  type RunKey,
  searchTerm,
} from "@straycall/core";
import { searchCondition } from "./conditions.js";
import type { Database } from "./database.js";
import { type DocumentRow, readDocument } from "./document.js";
import { keyOfText, keyText } from "./key-text.js";
import { pageOf, positionAfter, rowsForPage } from "./paging.js";
import type { Sql } from "./sql.js";

export function sqliteCalls(database: Database): CallStore {
  return {
    async put(calls) {
      const rows = calls.map((call) => ({
        ...callColumns(call),
        time: call.time,
        document: JSON.stringify(call),
      }));
      return database.write((sql) => {
        for (const row of rows) putCall(sql, row);
      });
    },
    list: (key, query = {}) =>
      database.read((sql) => {
        const calls = listedRows(sql, key, query).map((row) => readDocument<Call>(row));
        return pageOf(calls, query, (call) => [call.time, call.id]);
      }),
    get: (key, id) =>
      database.read((sql) => {
        const row = sql.get<DocumentRow>(
          "SELECT document FROM calls WHERE run_key = ? AND id = ?",
          keyText(key),
          keyText(id),
        );
        return row && readDocument<Call>(row);
      }),
    density: (key, query) => database.read((sql) => readDensity(sql, key, query)),
  };
}

/** What is asked of a call, as its columns hold it. */
export function callColumns(call: Call) {
  return {
    run_key: keyText(call.runKey),
    id: keyText(call.id),
    is_anomalous: call.verdict === "anomalous" || call.verdict === "blocked" ? 1 : 0,
    process_id: keyText(call.processId),
    step_id: call.step === undefined ? null : keyText(call.step.id),
    search_text: keyText(callSearchText(call)),
  };
}

type CallRow = ReturnType<typeof callColumns> & DocumentRow & { time: number };

function putCall(sql: Sql, row: CallRow): void {
  sql.run(
    `INSERT OR REPLACE INTO calls
       (run_key, id, time, is_anomalous, process_id, step_id, search_text, document)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    row.run_key,
    row.id,
    row.time,
    row.is_anomalous,
    row.process_id,
    row.step_id,
    row.search_text,
    row.document,
  );
}

function listedRows(sql: Sql, key: RunKey, query: CallQuery): DocumentRow[] {
  const [time, id] = positionAfter(query, [-Number.MAX_VALUE, ""]);
  const conditions = ["run_key = ?", "(time, id) > (?, ?)"];
  const values: (string | number)[] = [keyText(key), time, keyText(id)];
  if (query.anomalousOnly) conditions.push("is_anomalous = 1");
  if (query.processId !== undefined) {
    conditions.push("process_id = ?");
    values.push(keyText(query.processId));
  }
  if (query.from !== undefined) {
    conditions.push("time >= ?");
    values.push(query.from);
  }
  if (query.before !== undefined) {
    conditions.push("time < ?");
    values.push(query.before);
  }
  const search = searchCondition(searchTerm(query.search ?? ""));
  if (search) {
    conditions.push(search.sql);
    values.push(...search.values);
  }
  return sql.all<DocumentRow>(
    `SELECT document FROM calls WHERE ${conditions.join(" AND ")} ORDER BY time, id LIMIT ?`,
    ...values,
    rowsForPage(query),
  );
}

/** Answered by the index alone. */
function readDensity(sql: Sql, key: RunKey, { from, to, parts }: CallDensityQuery): CallDensity[] {
  const rows = sql.all<{ part: number; step: string | null; calls: number; anomalous: number }>(
    `SELECT max(0, min(? - 1, CAST(floor((time - ?) * ? / ?) AS INTEGER))) AS part,
       step_id AS step, count(*) AS calls, sum(is_anomalous) AS anomalous
     FROM calls INDEXED BY calls_over_time WHERE run_key = ? GROUP BY 1, 2 ORDER BY 1, 2`,
    parts,
    from,
    parts,
    Math.max(1, to - from),
    keyText(key),
  );
  return rows.map(({ part, step, calls, anomalous }) => ({
    part,
    ...(step === null ? {} : { stepId: keyOfText(step) }),
    calls,
    anomalous,
  }));
}
