/** How much of what only describes a process is taken in; the rest is cut off. */
const maxArgs = 8_192;
const maxArgLength = 131_072;
const maxPathLength = 4_096;

/**
 * Cuts what describes a process to what the schema takes: an overlong command line must not keep the call that it
 * made from being seen. Everything else is left to the schema.
 */
export function cutProcess(event: unknown): unknown {
  if (!isRecord(event) || !isRecord(event.process)) return event;
  const { args, executable, working_directory } = event.process;
  const cut: Record<string, unknown> = {};
  if (Array.isArray(args) && (args.length > maxArgs || args.some(isLongArg))) {
    cut.args = args
      .slice(0, maxArgs)
      .map((arg) => (isLongArg(arg) ? arg.slice(0, maxArgLength) : arg));
    cut.args_truncated = true;
  }
  if (isLongPath(executable)) cut.executable = executable.slice(0, maxPathLength);
  if (isLongPath(working_directory))
    cut.working_directory = working_directory.slice(0, maxPathLength);
  return Object.keys(cut).length === 0
    ? event
    : { ...event, process: { ...event.process, ...cut } };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
const isLongArg = (arg: unknown): arg is string =>
  typeof arg === "string" && arg.length > maxArgLength;
const isLongPath = (path: unknown): path is string =>
  typeof path === "string" && path.length > maxPathLength;
