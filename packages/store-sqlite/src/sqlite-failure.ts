import { isStraycallError, StraycallError } from "@straycall/core";

/** https://www.sqlite.org/rescode.html#busy */
const busyCode = 5;

/** Runs one thing that SQLite does, and makes STORE_FAILED of what it throws. */
export function guardSqlite<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StraycallError("STORE_FAILED", `${what}: ${reason}`, { cause });
  }
}

/** Tells whether the failure is that another process is writing: trying again helps. */
export function isBusy(error: unknown): boolean {
  return isStraycallError(error, "STORE_FAILED") && isSqliteBusy(error.cause);
}

/** The same of what SQLite itself threw. */
export function isSqliteBusy(error: unknown): boolean {
  if (!(error instanceof Error) || !("errcode" in error)) return false;
  // The low byte is the primary code, what stands above it tells the kind of busy.
  return typeof error.errcode === "number" && (error.errcode & 0xff) === busyCode;
}
