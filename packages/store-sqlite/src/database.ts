import { setTimeout as sleep } from "node:timers/promises";
import { StraycallError } from "@straycall/core";
import type { Connection } from "./driver.js";
import { type Sql, sqlOn } from "./sql.js";
import { guardSqlite, isBusy } from "./sqlite-failure.js";
import { inTransaction } from "./transaction.js";

/** An open database. After `close()` its methods reject with CLOSED. */
export interface Database {
  /** Runs `work`, which only reads. */
  read<T>(work: (sql: Sql) => T): Promise<T>;
  /**
   * Runs `work` in one transaction that no other writer interrupts; what it throws undoes it all.
   *
   * `work` runs again if another process held the database: it must not change anything else.
   */
  write<T>(work: (sql: Sql) => T): Promise<T>;
  /** Finishes what is under way and closes. */
  close(): Promise<void>;
}

/** How long other processes may keep us from writing before that is a failure, milliseconds. */
const patienceMs = 30_000;

export function sqliteDatabase(connection: Connection): Database {
  const sql = sqlOn(connection);
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  const inOpenDatabase = async <T>(work: () => T): Promise<T> => {
    if (closing) throw new StraycallError("CLOSED", "the store is closed");
    const working = untilNotBusy(work);
    underWay.add(working);
    try {
      return await working;
    } finally {
      underWay.delete(working);
    }
  };

  return {
    read: (work) => inOpenDatabase(() => work(sql)),
    write: (work) => inOpenDatabase(() => inTransaction(sql, work)),
    close() {
      closing ??= Promise.allSettled(underWay).then(() =>
        guardSqlite("cannot close the database", () => connection.close()),
      );
      return closing;
    },
  };
}

/** SQLite waits for a lock by standing still; we wait by giving way to everything else this process does. */
async function untilNotBusy<T>(work: () => T): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
    }
    await sleep(5 + Math.random() * 20);
  }
}
