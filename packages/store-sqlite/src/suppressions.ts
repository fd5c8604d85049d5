import type { Suppression, SuppressionStore } from "@straycall/core";
import type { Database } from "./database.js";
import { type DocumentRow, readDocument } from "./document.js";
import { keyText } from "./key-text.js";
import { pageOf, positionAfter, rowsForPage } from "./paging.js";
import type { Sql } from "./sql.js";

export function sqliteSuppressions(database: Database): SuppressionStore {
  return {
    revision: () => database.read(suppressionRevision),
    async add(given) {
      const rule = structuredClone(given);
      return database.write((sql) => {
        sql.run(
          "INSERT INTO suppressions (id, is_ended, expires_at, document) VALUES (?, ?, ?, ?)",
          keyText(rule.id),
          isEnded(rule),
          rule.expiresAt ?? null,
          JSON.stringify(rule),
        );
        countChange(sql);
      });
    },
    change: (id, change) =>
      database.write((sql) => {
        const before = suppressionOf(sql, id);
        if (before === undefined) return undefined;
        const rule: Suppression = { ...change(before), id };
        sql.run(
          "UPDATE suppressions SET is_ended = ?, expires_at = ?, document = ? WHERE id = ?",
          isEnded(rule),
          rule.expiresAt ?? null,
          JSON.stringify(rule),
          keyText(id),
        );
        countChange(sql);
        return structuredClone(rule);
      }),
    get: (id) => database.read((sql) => suppressionOf(sql, id)),
    list: (query = {}) =>
      database.read((sql) => {
        const [before] = positionAfter(query, [Number.MAX_SAFE_INTEGER, ""]);
        const { activeAt } = query;
        const isActive = "AND is_ended = 0 AND (expires_at IS NULL OR expires_at > ?)";
        const rows = sql.all<DocumentRow & { position: number }>(
          `SELECT position, document FROM suppressions
           WHERE position < ? ${activeAt === undefined ? "" : isActive}
           ORDER BY position DESC LIMIT ?`,
          before,
          ...(activeAt === undefined ? [] : [activeAt]),
          rowsForPage(query),
        );
        const page = pageOf(rows, query, ({ position }) => [position, ""]);
        return { ...page, items: page.items.map((row) => readDocument<Suppression>(row)) };
      }),
  };
}

export function suppressionRevision(sql: Sql): number {
  const row = sql.get<{ revision: number }>(
    "SELECT revision FROM suppression_revision WHERE id = 1",
  );
  return row?.revision ?? 0;
}

function countChange(sql: Sql): void {
  sql.run("UPDATE suppression_revision SET revision = revision + 1 WHERE id = 1");
}

function suppressionOf(sql: Sql, id: string): Suppression | undefined {
  const row = sql.get<DocumentRow>("SELECT document FROM suppressions WHERE id = ?", keyText(id));
  return row && readDocument<Suppression>(row);
}

const isEnded = ({ endedAt }: Suppression) => (endedAt === undefined ? 0 : 1);
