import { setTimeout as pause } from "node:timers/promises";
import type { CaptureEvent, Monitor, Run, RunOutcome, RunReport, RunStart } from "@straycall/core";
import type { CommandScope } from "./command-scope.js";
import type { EventsFile } from "./events-file.js";
import { type CommandEnd, exitStatus } from "./exit-status.js";
import type { SignalRelay } from "./signal-relay.js";
import { startCapture } from "./started-capture.js";

export interface CommandRecording {
  command: readonly [string, ...string[]];
  scope: CommandScope;
  monitor: Monitor;
  start: RunStart;
  eventsFile: EventsFile | undefined;
  signals: SignalRelay;
  /** The descriptor that becomes the command's stdout. */
  stdout: number;
  /** Tells the user what goes wrong while the command runs. */
  warn: (message: string) => void;
}

export interface RecordedCommand {
  end: CommandEnd;
  /** Unset if the store failed. */
  report: RunReport | undefined;
  blindSpots: readonly string[];
  /** The capture and the store worked to the end. */
  isComplete: boolean;
}

/** How long a command's last packets, and the processes it leaves behind, may take to end. */
const lateMs = 250;

/**
 * Runs a command as one run of its job: attaches, starts it, waits for its end, and ends the run.
 *
 * Throws only before the command is started. Answers nothing if a signal came before that.
 */
export async function recordCommand(
  recording: CommandRecording,
): Promise<RecordedCommand | undefined> {
  const { scope, monitor, start, eventsFile, signals, warn } = recording;
  const stop = new AbortController();
  let isComplete = true;
  const capture = await startCapture(scope.agent, stop.signal, {
    event: (event) => eventsFile?.write(event),
    broken(reason) {
      isComplete = false;
      const how = start.mode === "block" ? "unwatched, and held to its policy" : "unwatched";
      warn(`the capture broke, the command goes on ${how}: ${reason}`);
    },
  });
  const failed = (error: unknown) => {
    isComplete = false;
    warn(`recording failed: ${(error as Error).message}`);
  };
  try {
    if (signals.received) return undefined;
    const run = await monitor.startRun(start);
    const watching = run.watch(capture, stop.signal).catch(failed);
    const end = await runToEnd(recording);
    await pause(lateMs);
    const ended = (await scope.endRest().catch(failed)) ?? 0;
    stop.abort();
    await watching;
    const report = await endRun(run, recording, { end, ended }).catch(failed);
    return {
      end,
      report: report ?? undefined,
      blindSpots: capture.blindSpots,
      isComplete,
    };
  } finally {
    stop.abort();
    await capture.close().catch(failed);
  }
}

/** Starts the command and waits for its end; one that cannot be started ends as env(1) would. */
function runToEnd({
  command,
  scope,
  signals,
  stdout,
  warn,
}: CommandRecording): Promise<CommandEnd> {
  return new Promise((resolve) => {
    const child = scope.start(command, { stdout });
    child.once("error", (error: NodeJS.ErrnoException) => {
      warn(`cannot start ${command[0]}: ${error.message}`);
      const code = error.code === "ENOENT" ? exitStatus.notFound : exitStatus.notExecutable;
      resolve({ code, signal: null });
    });
    child.once("exit", (code, signal) => resolve({ code, signal }));
    signals.passTo(child);
  });
}

async function endRun(
  run: Run,
  { scope, eventsFile, signals }: CommandRecording,
  { end, ended }: { end: CommandEnd; ended: number },
): Promise<RunReport> {
  const remaining = scope.population();
  if (remaining > 0 || ended > 0) {
    const left = lost("command.left-behind", 0, leftBehind(remaining, ended));
    eventsFile?.write(left);
    await run.observe(left);
  }
  const outcome = outcomeOf(end, signals.received !== undefined);
  eventsFile?.write({
    id: "command.run-finished",
    time: Date.now(),
    type: "run.finished",
    run: { outcome },
  });
  return run.finish({ outcome });
}

function outcomeOf({ code, signal }: CommandEnd, wasTold: boolean): RunOutcome {
  if (code === 0) return "success";
  return signal !== null && wasTold ? "cancelled" : "failure";
}

function leftBehind(remaining: number, ended: number): string {
  const count = remaining || ended;
  const processes = count === 1 ? "1 background process" : `${count} background processes`;
  return remaining === 0
    ? `${processes} outlived the command: killed before the policy ended.`
    : `${processes} outlived the command: left alone, and no longer watched.`;
}

function lost(id: string, count: number, reason: string): CaptureEvent {
  return {
    id,
    time: Date.now(),
    type: "capture.lost",
    lost: { count, reason: reason.slice(0, 512) },
  };
}
