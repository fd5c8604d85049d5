import type { Sql } from "./sql.js";

/**
 * Runs `work` in one transaction; what it throws undoes it all.
 *
 * The write lock is taken at once: a transaction that first reads and then writes could find that another wrote in
 * between, and would have to begin again.
 */
export function inTransaction<T>(sql: Sql, work: (sql: Sql) => T): T {
  sql.run("BEGIN IMMEDIATE");
  try {
    const result = work(sql);
    sql.run("COMMIT");
    return result;
  } catch (error) {
    rollBack(sql);
    throw error;
  }
}

function rollBack(sql: Sql): void {
  try {
    sql.run("ROLLBACK");
  } catch {
    // After some errors (disk full) SQLite has rolled back by itself, and says that there is nothing to undo.
  }
}
