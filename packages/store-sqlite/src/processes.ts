import {
  type ProcessQuery,
  type ProcessRecord,
  type ProcessStore,
  processSearchText,
  type RunKey,
  searchTerm,
} from "@straycall/core";
import { searchCondition } from "./conditions.js";
import type { Database } from "./database.js";
import { type DocumentRow, readDocument } from "./document.js";
import { keyText } from "./key-text.js";
import { pageOf, positionAfter, rowsForPage } from "./paging.js";
import type { Sql } from "./sql.js";

export function sqliteProcesses(database: Database): ProcessStore {
  return {
    async put(key, processes) {
      const rows = processes.map((process) => rowOf(key, process));
      return database.write((sql) => {
        for (const row of rows) putProcess(sql, row);
      });
    },
    get: (key, entityId) =>
      database.read((sql) => {
        const row = sql.get<DocumentRow>(
          "SELECT document FROM processes WHERE run_key = ? AND id = ?",
          keyText(key),
          keyText(entityId),
        );
        return row && readDocument<ProcessRecord>(row);
      }),
    list: (key, query = {}) =>
      database.read((sql) => {
        const found = listedRows(sql, key, query).map((row) => readDocument<ProcessRecord>(row));
        return pageOf(found, query, ({ startedAt = 0, entityId }) => [startedAt, entityId]);
      }),
  };
}

interface ProcessRow extends DocumentRow {
  runKey: string;
  id: string;
  parentId: string | null;
  startedAt: number;
  searchText: string;
}

function rowOf(key: RunKey, process: ProcessRecord): ProcessRow {
  const { entityId, parentEntityId, startedAt = 0 } = process;
  return {
    runKey: keyText(key),
    id: keyText(entityId),
    parentId: parentEntityId === undefined ? null : keyText(parentEntityId),
    startedAt,
    searchText: keyText(processSearchText(process)),
    document: JSON.stringify(process),
  };
}

function putProcess(sql: Sql, row: ProcessRow): void {
  sql.run(
    `INSERT OR REPLACE INTO processes (run_key, id, parent_id, started_at, search_text, document)
     VALUES (?, ?, ?, ?, ?, ?)`,
    row.runKey,
    row.id,
    row.parentId,
    row.startedAt,
    row.searchText,
    row.document,
  );
}

function listedRows(sql: Sql, key: RunKey, query: ProcessQuery): DocumentRow[] {
  const [startedAt, id] = positionAfter(query, [-Number.MAX_VALUE, ""]);
  const conditions = ["run_key = ?", "(started_at, id) > (?, ?)"];
  const values: (string | number)[] = [keyText(key), startedAt, keyText(id)];
  if (query.parentId !== undefined) {
    conditions.push("parent_id = ?");
    values.push(keyText(query.parentId));
  }
  const search = searchCondition(searchTerm(query.search ?? ""));
  if (search) {
    conditions.push(search.sql);
    values.push(...search.values);
  }
  return sql.all<DocumentRow>(
    `SELECT document FROM processes WHERE ${conditions.join(" AND ")}
     ORDER BY started_at, id LIMIT ?`,
    ...values,
    rowsForPage(query),
  );
}
