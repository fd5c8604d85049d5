import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { normalizeAddress, type Severity, StraycallError, severities } from "@straycall/core";

/** What `straycall-agent run` was asked to do. */
export interface RunRequest {
  /** The command and its arguments, untouched. */
  command: [string, ...string[]];
  /** The job's name; without it the environment says. */
  job?: string;
  /** The database's file; without it the user's own. */
  database?: string;
  /** Ids the run; without it a fresh one is made. */
  runId?: string;
  learningRuns?: number;
  /** Whose answers are believed besides those of the machine's own resolvers. */
  resolvers: string[];
  /** A detection this severe makes the exit status 3. */
  failOn?: Severity;
  /** Where to write the captured events. */
  eventsFile?: string;
  json: boolean;
  quiet: boolean;
  /** How the command is watched. */
  capture: CaptureKind;
  /** Denies what is not allowed: `--mode block`. */
  block?: BlockRequest;
}

export interface BlockRequest {
  allow: string[];
  /** A file with a rule on each line. */
  allowFile?: string;
  failClosed: boolean;
}

/** By programs in the kernel, or by looking at /proc again and again. */
export type CaptureKind = "kernel" | "polling";

export type Invocation =
  | { action: "run"; request: RunRequest }
  | { action: "doctor"; json: boolean }
  | { action: "help" }
  | { action: "version" };

const runOptions = {
  job: { type: "string" },
  db: { type: "string" },
  mode: { type: "string" },
  allow: { type: "string", multiple: true },
  "allow-file": { type: "string" },
  "fail-closed": { type: "boolean" },
  "fail-on": { type: "string" },
  events: { type: "string" },
  capture: { type: "string" },
  json: { type: "boolean" },
  "learning-runs": { type: "string" },
  resolver: { type: "string", multiple: true },
  "run-id": { type: "string" },
  quiet: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsOptionsConfig;

/** Reads the command line, without the program's name. Throws CONFIG_INVALID saying what is wrong with it. */
export function parseArguments(argv: readonly string[]): Invocation {
  const [action, ...rest] = argv;
  switch (action) {
    case "run":
      return parseRun(rest);
    case "doctor":
      return parseDoctor(rest);
    case "--help":
    case "-h":
    case "help":
      return { action: "help" };
    case "--version":
      return { action: "version" };
    case undefined:
      throw wrong("say what to do: run or doctor");
    default:
      throw wrong(`"${action}" is neither run nor doctor`);
  }
}

function parseRun(args: string[]): Invocation {
  const separator = args.indexOf("--");
  const own = separator < 0 ? args : args.slice(0, separator);
  const { values, positionals } = parseOptions(own, runOptions);
  if (values.help) return { action: "help" };

  const [program, ...programArgs] = separator < 0 ? [] : args.slice(separator + 1);
  const [stray] = positionals;
  if (stray !== undefined) throw wrong(`put -- before the command: "${stray}" is no option`);
  if (program === undefined || program === "") throw wrong("name a command after --");
  const learningRuns = readLearningRuns(values["learning-runs"]);
  const failOn = readSeverity(values["fail-on"]);
  const block = readBlock(values);
  const { job, db: database, "run-id": runId, events: eventsFile } = values;
  return {
    action: "run",
    request: {
      command: [program, ...programArgs],
      ...(job === undefined ? {} : { job }),
      ...(database === undefined ? {} : { database }),
      ...(runId === undefined ? {} : { runId }),
      ...(learningRuns === undefined ? {} : { learningRuns }),
      resolvers: readResolvers(values.resolver ?? []),
      ...(failOn === undefined ? {} : { failOn }),
      ...(eventsFile === undefined ? {} : { eventsFile }),
      json: values.json ?? false,
      quiet: values.quiet ?? false,
      capture: readCapture(values.capture),
      ...(block === undefined ? {} : { block }),
    },
  };
}

function parseDoctor(args: string[]): Invocation {
  const { values, positionals } = parseOptions(args, {
    json: runOptions.json,
    help: runOptions.help,
  });
  if (values.help) return { action: "help" };
  if (positionals.length > 0) throw wrong(`doctor takes no arguments, and got "${positionals[0]}"`);
  return { action: "doctor", json: values.json ?? false };
}

function parseOptions<T extends ParseArgsOptionsConfig>(args: string[], options: T) {
  const parsed = readOptions(args, options);
  for (const [option, value] of Object.entries(parsed.values)) {
    if ([value].flat().includes("")) throw wrong(`--${option} is empty`);
  }
  return parsed;
}

function readOptions<T extends ParseArgsOptionsConfig>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: true });
  } catch (error) {
    // Node adds advice on -- that does not fit here; what is wrong stands in the first sentence.
    const [problem = "cannot be read"] = (error as Error).message.split(/\.\s/, 1);
    throw wrong(problem);
  }
}

interface BlockValues {
  mode?: string;
  allow?: string[];
  "allow-file"?: string;
  "fail-closed"?: boolean;
  capture?: string;
}

function readBlock(values: BlockValues): BlockRequest | undefined {
  const { mode = "audit", allow = [], "allow-file": allowFile, capture } = values;
  if (mode !== "audit" && mode !== "block") {
    throw wrong(`--mode must be audit or block, not "${mode}"`);
  }
  if (mode === "audit") {
    const useless = (["allow", "allow-file", "fail-closed"] as const).find((each) => values[each]);
    if (useless) throw wrong(`--${useless} is for --mode block`);
    return undefined;
  }
  if (capture === "polling") throw wrong("--capture polling cannot block: it only looks on");
  const failClosed = values["fail-closed"] ?? false;
  return { allow, failClosed, ...(allowFile === undefined ? {} : { allowFile }) };
}

function readCapture(kind: string | undefined): CaptureKind {
  if (kind === undefined || kind === "kernel" || kind === "polling") return kind ?? "kernel";
  throw wrong(`--capture must be kernel or polling, not "${kind}"`);
}

function readSeverity(text: string | undefined): Severity | undefined {
  if (text === undefined) return undefined;
  const severity = severities.find((known) => known === text);
  if (severity) return severity;
  throw wrong(`--fail-on must be one of ${severities.join(", ")}, not "${text}"`);
}

function readResolvers(addresses: string[]): string[] {
  const stray = addresses.find((address) => normalizeAddress(address) === undefined);
  if (stray !== undefined) throw wrong(`--resolver must be an IP address, not "${stray}"`);
  return addresses;
}

function readLearningRuns(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const runs = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (runs <= 10_000) return runs;
  throw wrong(`--learning-runs must be a whole number from 0 to 10000, not "${text}"`);
}

const wrong = (message: string) => new StraycallError("CONFIG_INVALID", message);
