import { createRequire } from "node:module";

export type SqlValue = string | number | null;

/** The part of `node:sqlite` that is used here: https://nodejs.org/api/sqlite.html */
export interface Driver {
  DatabaseSync: new (path: string) => Connection;
}

export interface Connection {
  exec(text: string): void;
  prepare(text: string): Statement;
  close(): void;
}

export interface Statement {
  run(...values: SqlValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  get(...values: SqlValue[]): unknown;
  all(...values: SqlValue[]): unknown[];
}

/** SQLite as this Node has it built in, else (Node 20) the same driver from a package. */
export function sqliteDriver(): Driver {
  const builtIn = process.getBuiltinModule("node:sqlite");
  return builtIn ?? createRequire(import.meta.url)("@photostructure/sqlite");
}
