import {
  baselineOptions,
  createMonitor,
  type JobRef,
  type Logger,
  type Monitor,
  type RunRef,
  runKey,
  type Store,
  StraycallError,
  silentLogger,
} from "@straycall/core";
import { ulid } from "ulid";
import type { CaptureKind, RunRequest } from "./arguments.js";
import type { CommandScope } from "./command-scope.js";
import { openEventsFile } from "./events-file.js";
import { commandStatus, exitStatus, reachesSeverity, signalStatus } from "./exit-status.js";
import { commandProblem } from "./find-command.js";
import { factsFromEnvironment, jobFromEnvironment } from "./job-from-environment.js";
import { jsonLine } from "./json-line.js";
import { type RecordedCommand, recordCommand } from "./record-command.js";
import { reportText } from "./report-text.js";
import { signalRelay } from "./signal-relay.js";
import { stderr, stdout, type Terminal } from "./terminal.js";

/** What a command is run in and with. */
export interface RunSurroundings {
  environment: NodeJS.ProcessEnv;
  directory: string;
  /** Name of the machine. */
  host: string;
  /** Throws CAPTURE_UNSUPPORTED if this machine cannot capture so. */
  openScope(kind: CaptureKind, resolvers: readonly string[]): CommandScope;
  openStore(): Store;
  terminal: Terminal;
}

/** Twelve heartbeats: an agent that is alive is heard of before that. */
const abandonedAfterMs = 60_000;

/**
 * Runs a command, records its outbound calls and tells what is new. Answers with the exit status.
 *
 * Throws only if the command was not run.
 */
export async function runCommand(
  request: RunRequest,
  surroundings: RunSurroundings,
): Promise<number> {
  const { environment, directory, terminal } = surroundings;
  const { warn } = terminal;
  const [program] = request.command;
  const problem = commandProblem(program, { path: environment.PATH, directory });
  if (problem === "not-found") {
    warn(`${program}: not found`);
    return exitStatus.notFound;
  }
  if (problem === "not-executable") {
    warn(`${program}: not a program that can be run`);
    return exitStatus.notExecutable;
  }

  const signals = signalRelay();
  const opened: (() => unknown)[] = [() => signals.stop()];
  try {
    const scope = surroundings.openScope(request.capture, request.resolvers);
    opened.push(() => scope.close());
    const store = surroundings.openStore();
    opened.push(() => store.close());
    const { learningRuns } = baselineOptions(learningOptions(request));
    const monitor = createMonitor({
      store,
      baseline: { learningRuns },
      logger: warningLogger(warn),
    });
    opened.push(() => monitor.close());
    await endAbandonedRuns(monitor, warn);
    const run = await newRun(request, surroundings, store);
    const facts = {
      ...factsFromEnvironment(environment, surroundings.host),
      mode: request.block ? ("block" as const) : ("audit" as const),
    };
    const eventsFile = request.eventsFile
      ? openEventsFile(request.eventsFile, { run, facts }, ({ message }) => warn(message))
      : undefined;
    opened.push(() => eventsFile?.close());

    const recorded = await recordCommand({
      command: request.command,
      scope,
      monitor,
      start: { ...run, ...facts },
      eventsFile,
      signals,
      stdout: request.json ? stderr : stdout,
      warn,
    });
    if (recorded === undefined) return signalStatus(signals.received ?? "SIGTERM");
    const isTold = tell(recorded, request, { learningRuns, terminal });
    return statusOf({ ...recorded, isTold }, request, warn);
  } finally {
    for (const close of opened.reverse()) await closed(close, warn);
  }
}

/** Ends what a killed `straycall-agent` left open in this database, whoever's run it was. */
async function endAbandonedRuns(monitor: Monitor, warn: Terminal["warn"]) {
  const ended = await monitor.endAbandoned(abandonedAfterMs);
  if (ended === 0) return;
  const runs = ended === 1 ? "1 run" : `${ended} runs`;
  warn(`ended ${runs} whose agent was killed: what they called after that was not seen`);
}

async function newRun(
  request: RunRequest,
  { environment, directory }: RunSurroundings,
  store: Store,
): Promise<RunRef> {
  const job = jobFromEnvironment({
    name: request.job,
    command: request.command[0],
    environment,
    directory,
  });
  const run = { job: comparable(job, request), runId: request.runId ?? ulid(), attempt: 1 };
  if (await store.runs.get(runKey(run))) {
    throw new StraycallError(
      "CONFIG_INVALID",
      `--run-id ${run.runId} is taken: the job has a run of that id already`,
    );
  }
  return run;
}

/**
 * Polling sees addresses where the kernel sees names. In one baseline everything would be new to the other, so a job
 * that is polled is a job of its own.
 */
function comparable(job: JobRef, { capture }: RunRequest): JobRef {
  return capture === "polling" ? { ...job, job: `${job.job} (polling)` } : job;
}

/** Tells what the run brought; `false` if the report that was asked for could not be given. */
function tell(
  { report, blindSpots }: RecordedCommand,
  { json, quiet }: RunRequest,
  { learningRuns, terminal }: { learningRuns: number; terminal: Terminal },
): boolean {
  if (report === undefined) return !json;
  const { colour } = terminal;
  const style = { learningRuns, quiet, colour, blindSpots, watcherPid: process.pid };
  terminal.tell(reportText(report, style));
  if (!json || terminal.print(jsonLine(report))) return true;
  terminal.warn("the report cannot be written to stdout");
  return false;
}

function statusOf(
  { end, report, isComplete, isTold }: RecordedCommand & { isTold: boolean },
  { failOn }: RunRequest,
  warn: Terminal["warn"],
): number {
  const status = commandStatus(end);
  if (status !== 0) return status;
  if (failOn && report && reachesSeverity(report, failOn)) {
    warn(`exits with ${exitStatus.detected}: --fail-on ${failOn}, and there is a detection as bad`);
    return exitStatus.detected;
  }
  if (failOn && !isComplete) {
    warn("--fail-on cannot be judged, because the run was not recorded to its end");
    return exitStatus.failed;
  }
  return isTold ? status : exitStatus.failed;
}

const learningOptions = ({ learningRuns }: RunRequest) =>
  learningRuns === undefined ? {} : { learningRuns };

/** A failure to clean up must not hide how the command ended. */
async function closed(close: () => unknown, warn: Terminal["warn"]) {
  try {
    await close();
  } catch (error) {
    warn((error as Error).message);
  }
}

function warningLogger(warn: Terminal["warn"]): Logger {
  const tellWarning = (fields: { err?: unknown }, message: string) =>
    warn(fields.err instanceof Error ? `${message}: ${fields.err.message}` : message);
  return { ...silentLogger, warn: tellWarning, error: tellWarning };
}
