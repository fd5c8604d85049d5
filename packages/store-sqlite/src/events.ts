import type { CaptureEvent, EventStore, RunKey } from "@straycall/core";
import type { Database } from "./database.js";
import { type DocumentRow, readDocument } from "./document.js";
import { keyText } from "./key-text.js";
import type { Sql } from "./sql.js";

interface Log {
  id: number;
  /** How many events it has: the number of the last one. */
  length: number;
}

interface EventRow extends DocumentRow {
  id: string;
}

export function sqliteEvents(database: Database): EventStore {
  return {
    async append(key, events) {
      const rows = events.map(eventRow);
      return database.write((sql) => {
        const log = findLog(sql, key) ?? createLog(sql, key);
        const sequences = rows.map((row) => appendEvent(sql, log, row));
        sql.run("UPDATE logs SET length = ? WHERE id = ?", log.length, log.id);
        return sequences;
      });
    },
    read: (key, after, limit) =>
      database.read((sql) => {
        const rows = sql.all<DocumentRow & { sequence: number }>(
          `SELECT sequence, document FROM events
           WHERE log = (SELECT id FROM logs WHERE run_key = ?) AND sequence > ?
           ORDER BY sequence LIMIT ?`,
          keyText(key),
          after,
          limit,
        );
        return rows.map((row) => ({
          sequence: row.sequence,
          event: readDocument<CaptureEvent>(row),
        }));
      }),
  };
}

function eventRow(event: CaptureEvent): EventRow {
  return { id: keyText(event.id), document: JSON.stringify(event) };
}

/** Adds one event and counts the log up; `undefined` if the log holds its id. */
function appendEvent(sql: Sql, log: Log, { id, document }: EventRow): number | undefined {
  const sequence = log.length + 1;
  const { changes } = sql.run(
    `INSERT INTO events (log, sequence, id, document) VALUES (?, ?, ?, ?)
     ON CONFLICT (log, id) DO NOTHING`,
    log.id,
    sequence,
    id,
    document,
  );
  if (changes === 0) return undefined;
  log.length = sequence;
  return sequence;
}

function findLog(sql: Sql, key: RunKey): Log | undefined {
  return sql.get<Log>("SELECT id, length FROM logs WHERE run_key = ?", keyText(key));
}

function createLog(sql: Sql, key: RunKey): Log {
  const { rowId } = sql.run("INSERT INTO logs (run_key, length) VALUES (?, 0)", keyText(key));
  return { id: rowId, length: 0 };
}
