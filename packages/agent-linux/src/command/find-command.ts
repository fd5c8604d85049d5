import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

/** Why a command cannot be run, as env(1) tells the two apart. */
export type CommandProblem = "not-found" | "not-executable";

/** Where execvp(3) looks when nothing else is said. */
const standardPath = "/bin:/usr/bin";

/**
 * Tells whether a command can be run, looking for it as execvp(3) does: in `PATH`, unless its name has a slash.
 * Answers with what is wrong, or nothing.
 */
export function commandProblem(
  command: string,
  { path = standardPath, directory }: { path?: string | undefined; directory: string },
): CommandProblem | undefined {
  const candidates = command.includes("/")
    ? [command]
    : path.split(delimiter).map((folder) => join(folder || ".", command));
  let problem: CommandProblem = "not-found";
  for (const candidate of candidates) {
    const found = fileProblem(resolve(directory, candidate));
    if (found === undefined) return undefined;
    if (found === "not-executable") problem = found;
  }
  return problem;
}

function fileProblem(file: string): CommandProblem | undefined {
  try {
    if (!statSync(file).isFile()) return "not-executable";
    accessSync(file, constants.X_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EACCES" ? "not-executable" : "not-found";
  }
}
