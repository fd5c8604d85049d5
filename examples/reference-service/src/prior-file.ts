import { readFile } from "node:fs/promises";
import { type FleetPrior, parseFleetPrior, StraycallError } from "@straycall/core";

/**
 * Reads what other fleets call from the file that `STRAYCALL_PRIOR` names.
 *
 * @throws StraycallError CONFIG_INVALID naming the file and what is wrong with it
 */
export async function readPriorFile(path: string): Promise<FleetPrior> {
  try {
    return parseFleetPrior(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new StraycallError("CONFIG_INVALID", `STRAYCALL_PRIOR: ${path}: ${problem}`, {
      field: "STRAYCALL_PRIOR",
      cause: error,
    });
  }
}
