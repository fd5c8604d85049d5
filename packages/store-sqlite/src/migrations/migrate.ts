import type { DatabaseSync } from "node:sqlite";
import { StraycallError } from "@straycall/core";
import type { Migration } from "./migration.js";

/**
 * Brings the schema up to date, all missing steps in one transaction.
 *
 * @throws StraycallError STORE_FAILED if the database is newer than the last migration.
 */
export function migrate(connection: DatabaseSync, migrations: readonly Migration[]): void {
  connection.exec("BEGIN IMMEDIATE");
  try {
    connection.exec("CREATE TABLE IF NOT EXISTS schema (version INTEGER NOT NULL) STRICT");
    const version = schemaVersion(connection);
    const newest = migrations.at(-1)?.version ?? 0;
    if (version > newest) {
      throw new StraycallError(
        "STORE_FAILED",
        `its schema has version ${version}, this version of @straycall/store-sqlite knows ${newest} at most: install a newer one`,
      );
    }
    for (const migration of migrations) {
      if (migration.version > version) connection.exec(migration.sql);
    }
    connection.exec("DELETE FROM schema");
    connection.prepare("INSERT INTO schema (version) VALUES (?)").run(newest);
    connection.exec("COMMIT");
  } catch (error) {
    connection.exec("ROLLBACK");
    throw error;
  }
}

function schemaVersion(connection: DatabaseSync): number {
  const row = connection.prepare("SELECT version FROM schema").get();
  return typeof row?.version === "number" ? row.version : 0;
}
