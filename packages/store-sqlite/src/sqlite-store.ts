import type { Store } from "@straycall/core";
import { StraycallError } from "@straycall/core";
import { sqliteBaselines } from "./baselines.js";
import { sqliteCalls } from "./calls.js";
import { sqliteDatabase } from "./database.js";
import { sqliteDeliveries } from "./deliveries.js";
import { sqliteDetections } from "./detections.js";
import { sqliteEvents } from "./events.js";
import { openConnection } from "./open-connection.js";
import { sqliteProcesses } from "./processes.js";
import { sqliteRuns } from "./runs.js";
import { sqliteSettings } from "./settings.js";
import { sqliteSuppressions } from "./suppressions.js";

export interface SqliteStoreOptions {
  /**
   * The database file, made with mode 0600 if it is not there, its folder too; `:memory:` for none.
   *
   * It must be on a local disk: SQLite's write-ahead log does not work over network file systems
   * (https://www.sqlite.org/wal.html).
   */
  path: string;
}

/**
 * A store in one SQLite file, which several processes of one machine may use at once.
 *
 * What a method promised has reached the disk when it answers: it survives a crash and a power cut.
 *
 * @throws StraycallError CONFIG_INVALID without a path; STORE_FAILED if the file cannot be opened, is no
 * database, or was written by a newer version of this package.
 */
export function sqliteStore({ path }: SqliteStoreOptions): Store {
  if (typeof path !== "string" || path === "") {
    throw new StraycallError("CONFIG_INVALID", "the SQLite store needs a path", { field: "path" });
  }
  const database = sqliteDatabase(openConnection(path));
  return {
    runs: sqliteRuns(database),
    events: sqliteEvents(database),
    calls: sqliteCalls(database),
    processes: sqliteProcesses(database),
    baselines: sqliteBaselines(database),
    detections: sqliteDetections(database),
    deliveries: sqliteDeliveries(database),
    suppressions: sqliteSuppressions(database),
    settings: sqliteSettings(database),
    close: () => database.close(),
  };
}
