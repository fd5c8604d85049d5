import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { StraycallError } from "@straycall/core";

/**
 * The database of a user who named none, where the XDG Base Directory Specification wants state to be.
 *
 * As that specification asks, a relative `XDG_STATE_HOME` is ignored.
 */
export function defaultDatabaseFile(environment: NodeJS.ProcessEnv, home = homedir()): string {
  const { XDG_STATE_HOME: named } = environment;
  const state = named && isAbsolute(named) ? named : join(home, ".local", "state");
  return join(state, "straycall", "straycall.db");
}

/** Makes the folder of a database, readable by its owner only. Throws STORE_FAILED. */
export function makeDatabaseFolder(file: string): void {
  const folder = dirname(file);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const { message } = cause as Error;
    throw new StraycallError("STORE_FAILED", `cannot make the folder ${folder}: ${message}`, {
      cause,
    });
  }
}
