import { createRequire } from "node:module";
import type { DatabaseSync } from "node:sqlite";

type Driver = { DatabaseSync: typeof DatabaseSync };

/** SQLite as this Node has it built in, else (Node 20) the same driver from a package. */
export function sqliteDriver(): Driver {
  const builtIn = process.getBuiltinModule("node:sqlite");
  return builtIn ?? createRequire(import.meta.url)("@photostructure/sqlite");
}
