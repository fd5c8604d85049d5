import { type SettingsStore, type StoredSetting, settingText } from "@straycall/core";
import type { Database } from "./database.js";
import { type DocumentRow, readDocument } from "./document.js";
import { keyText } from "./key-text.js";
import type { Sql } from "./sql.js";

export function sqliteSettings(database: Database): SettingsStore {
  return {
    get: (name) => database.read((sql) => settingOf(sql, name)),
    change: (name, change) =>
      database.write((sql) => {
        const before = settingOf(sql, name);
        const document = settingText(name, change(before?.value));
        const revision = (before?.revision ?? 0) + 1;
        sql.run(
          `INSERT INTO settings (name, revision, document) VALUES (?, ?, ?)
           ON CONFLICT (name) DO UPDATE SET revision = excluded.revision, document = excluded.document`,
          keyText(name),
          revision,
          document,
        );
        return { revision, value: readDocument<unknown>({ document }) };
      }),
  };
}

function settingOf(sql: Sql, name: string): StoredSetting | undefined {
  const row = sql.get<DocumentRow & { revision: number }>(
    "SELECT revision, document FROM settings WHERE name = ?",
    keyText(name),
  );
  return row && { revision: row.revision, value: readDocument<unknown>(row) };
}
