import type { Sql } from "../sql.js";

/** One step of the schema. Once released it never changes: the next change is the next migration. */
export interface Migration {
  /** 1, 2, 3, ... */
  version: number;
  sql: string;
  /**
   * Fills new tables from old ones where SQL alone cannot. Comes after all the steps' SQL: it may use what the store uses
   * now.
   */
  fill?(sql: Sql): void;
}
