import { guardSqlite } from "./sqlite-failure.js";

/** A row's document. */
export interface DocumentRow {
  document: string;
}

/** Reads the record that a row holds; the tables hold nothing but what this package wrote. */
export function readDocument<T>({ document }: DocumentRow): T {
  return guardSqlite("a stored document is damaged", () => JSON.parse(document) as T);
}
