import { StraycallError } from "@straycall/core";
import type { Connection } from "../driver.js";
import { type Sql, sqlOn } from "../sql.js";
import { inTransaction } from "../transaction.js";
import type { Migration } from "./migration.js";

/**
 * Brings the schema up to date, all missing steps in one transaction.
 *
 * @throws StraycallError STORE_FAILED if the database is newer than the last migration.
 */
export function migrate(connection: Connection, migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.version ?? 0;
  inTransaction(sqlOn(connection), (sql) => {
    const version = schemaVersion(sql);
    if (version > newest) throw tooNew(version, newest);
    const missing = migrations.filter((migration) => migration.version > version);
    for (const migration of missing) connection.exec(migration.sql);
    for (const migration of missing) migration.fill?.(sql);
    sql.run("DELETE FROM schema");
    sql.run("INSERT INTO schema (version) VALUES (?)", newest);
  });
}

/** 0 for a database that was just made. */
function schemaVersion(sql: Sql): number {
  sql.run("CREATE TABLE IF NOT EXISTS schema (version INTEGER NOT NULL) STRICT");
  return sql.get<{ version: number }>("SELECT version FROM schema")?.version ?? 0;
}

function tooNew(version: number, newest: number): StraycallError {
  return new StraycallError(
    "STORE_FAILED",
    `its schema has version ${version}, this version of @straycall/store-sqlite knows ${newest} at most: install a newer one`,
  );
}
