import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { CaptureEvent } from "@straycall/core";
import type { CommandScope } from "../command-scope.js";
import { startCapture } from "../started-capture.js";
import { stderr } from "../terminal.js";
import { type TrialPorts, trialMark, trialProgram } from "./trial-calls.js";
import { trialServers } from "./trial-servers.js";

/** What an agent told of calls that were really made. */
export interface Trial {
  events: readonly CaptureEvent[];
  ports: TrialPorts;
  /** The process that made them. */
  pid: number;
  /** The paths that were asked for over TLS. */
  requestedPaths: ReadonlySet<string>;
  blindSpots: readonly string[];
}

const lateMs = 250;

/** Captures a program that makes one call of each kind. @throws StraycallError if the capture does not start */
export async function tryCapture(scope: CommandScope): Promise<Trial> {
  const stop = new AbortController();
  try {
    const capture = await startCapture(scope.agent, stop.signal, { event() {}, broken() {} });
    const servers = await trialServers();
    try {
      const events: CaptureEvent[] = [];
      const taking = (async () => {
        for await (const event of capture.capture(stop.signal)) events.push(event);
      })();
      const { ports, requestedPaths } = servers;
      const program = [process.execPath, "-e", trialProgram, JSON.stringify(ports)];
      const step = `GITHUB_ACTION=${trialMark}`;
      const child = scope.start(["/usr/bin/env", step, ...program], { stdout: stderr });
      await once(child, "exit");
      await pause(lateMs);
      stop.abort();
      await taking;
      return { events, ports, requestedPaths, pid: child.pid ?? 0, blindSpots: capture.blindSpots };
    } finally {
      stop.abort();
      servers.close();
      await capture.close();
    }
  } finally {
    scope.close();
  }
}
