import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { CaptureEvent } from "@straycall/core";
import type { CommandScope } from "../command-scope.js";
import { startCapture } from "../started-capture.js";
import { stderr } from "../terminal.js";

/** What an agent told of a program that was really run. */
export interface WatchedProgram {
  events: readonly CaptureEvent[];
  pid: number;
  /** Null if a signal ended it. */
  status: number | null;
  blindSpots: readonly string[];
}

const lateMs = 250;

/** Runs a program in a scope, to its end. @throws StraycallError if the capture does not start */
export async function watchProgram(
  scope: CommandScope,
  program: readonly [string, ...string[]],
): Promise<WatchedProgram> {
  const stop = new AbortController();
  const capture = await startCapture(scope.agent, stop.signal, { event() {}, broken() {} });
  try {
    const events: CaptureEvent[] = [];
    const taking = (async () => {
      for await (const event of capture.capture(stop.signal)) events.push(event);
    })();
    const child = scope.start(program, { stdout: stderr });
    const [status] = await once(child, "exit");
    await pause(lateMs);
    stop.abort();
    await taking;
    return { events, pid: child.pid ?? 0, status, blindSpots: capture.blindSpots };
  } finally {
    stop.abort();
    await capture.close();
  }
}
