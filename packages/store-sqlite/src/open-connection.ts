import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { type Connection, sqliteDriver } from "./driver.js";
import { migrate } from "./migrations/migrate.js";
import { migrations } from "./migrations/migrations.js";
import { guardSqlite, isSqliteBusy } from "./sqlite-failure.js";

/** How long opening waits for other processes that are opening the same file, milliseconds. */
const openTimeoutMs = 10_000;

/** How long SQLite itself waits for a lock: the event loop stands still meanwhile, so no longer than this. */
const busyTimeoutMs = 50;

/** Opens the database, makes it if it is not there, and brings its schema up to date. */
export function openConnection(path: string): Connection {
  return guardSqlite(`cannot open ${path}`, () => {
    if (path !== ":memory:") createPrivateFile(path);
    const connection = new (sqliteDriver().DatabaseSync)(path);
    try {
      connection.exec(`PRAGMA busy_timeout = ${openTimeoutMs}`);
      whenNotBusy(() => connection.exec("PRAGMA journal_mode = WAL"));
      // NORMAL would let a power cut take back the last commits: a detection that was told and then forgotten
      // would be told twice, and an agent's events that we took over would be gone. FULL costs one fsync per
      // transaction; batches pay for that.
      connection.exec("PRAGMA synchronous = FULL");
      migrate(connection, migrations);
      connection.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  });
}

/**
 * Does what SQLite refuses at once, whatever its busy timeout, while another process does the same to a new file: two
 * that wait for each other to let go of a read lock would wait for ever (https://www.sqlite.org/c3ref/busy_handler.html).
 */
function whenNotBusy(work: () => void): void {
  const deadline = Date.now() + openTimeoutMs;
  for (;;) {
    try {
      work();
      return;
    } catch (error) {
      if (!isSqliteBusy(error) || Date.now() > deadline) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1 + Math.random() * 10);
  }
}

/** SQLite would make the file readable for everybody; its -wal and -shm files follow the mode of the file. */
function createPrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, "a", 0o600));
}
