import { closeSync, openSync, writeSync } from "node:fs";
import {
  type CaptureEvent,
  parseEvents,
  type RunFacts,
  type RunRef,
  StraycallError,
} from "@straycall/core";

/** A run's events as lines of JSON, in the form that `POST /api/v1/events` takes. */
export interface EventsFile {
  /** Writes one event, its secrets masked, before it returns. */
  write(event: CaptureEvent): void;
  close(): void;
}

/**
 * Starts a run's events file, over what was there: a line that names the run, then what is known of it.
 *
 * Throws STORE_FAILED if that cannot be written; should it fail later, `onFailure` hears of it once and the rest is
 * left out.
 */
export function openEventsFile(
  path: string,
  { run, facts }: { run: RunRef; facts: RunFacts },
  onFailure: (error: Error) => void,
): EventsFile {
  let file: number | undefined = openNew(path);

  const close = () => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };

  const writeLine = (value: unknown) => {
    if (file === undefined) return;
    writeSync(file, `${JSON.stringify(value)}\n`);
  };

  try {
    writeLine({ run });
    writeLine({ id: "command.run-started", time: Date.now(), type: "run.started", run: facts });
  } catch (cause) {
    close();
    throw cannotWrite(path, cause);
  }

  return {
    write(event) {
      try {
        for (const masked of parseEvents([event]).events) writeLine(masked);
      } catch (cause) {
        close();
        onFailure(cannotWrite(path, cause));
      }
    },
    close,
  };
}

function openNew(path: string): number {
  try {
    // Command lines are in it.
    return openSync(path, "w", 0o600);
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

function cannotWrite(path: string, cause: unknown): StraycallError {
  const { message } = cause as Error;
  return new StraycallError("STORE_FAILED", `cannot write ${path}: ${message}`, { cause });
}
