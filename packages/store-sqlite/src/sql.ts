import type { Connection, SqlValue, Statement } from "./driver.js";
import { guardSqlite } from "./sqlite-failure.js";

export interface Written {
  /** How many rows were changed. */
  changes: number;
  /** Of the row inserted last. */
  rowId: number;
}

/** Runs SQL; every failure of SQLite becomes STORE_FAILED. */
export interface Sql {
  run(text: string, ...values: SqlValue[]): Written;
  get<Row>(text: string, ...values: SqlValue[]): Row | undefined;
  all<Row>(text: string, ...values: SqlValue[]): Row[];
}

/** Statements are prepared once: their texts are few, all written in this package. */
export function sqlOn(connection: Connection): Sql {
  const statements = new Map<string, Statement>();

  const prepared = (text: string): Statement => {
    const statement = statements.get(text) ?? connection.prepare(text);
    statements.set(text, statement);
    return statement;
  };

  return {
    run: (text, ...values) =>
      guardSqlite("cannot write", () => {
        const { changes, lastInsertRowid } = prepared(text).run(...values);
        return { changes: Number(changes), rowId: Number(lastInsertRowid) };
      }),
    get: <Row>(text: string, ...values: SqlValue[]) =>
      guardSqlite("cannot read", () => prepared(text).get(...values) as Row | undefined),
    all: <Row>(text: string, ...values: SqlValue[]) =>
      guardSqlite("cannot read", () => prepared(text).all(...values) as Row[]),
  };
}
