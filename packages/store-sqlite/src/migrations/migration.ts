/** One step of the schema. Once released it never changes: the next change is the next migration. */
export interface Migration {
  /** 1, 2, 3, ... */
  version: number;
  sql: string;
}
