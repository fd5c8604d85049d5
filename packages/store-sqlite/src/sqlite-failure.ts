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
  if (!isStraycallError(error, "STORE_FAILED")) return false;
  const { cause } = error;
  if (!(cause instanceof Error) || !("errcode" in cause)) return false;
  // The low byte is the primary code, what stands above it tells the kind of busy.
  return typeof cause.errcode === "number" && (cause.errcode & 0xff) === busyCode;
}
