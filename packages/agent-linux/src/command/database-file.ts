import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

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
