import type { CommandScope } from "../command-scope.js";
import { type TrialPorts, trialMark, trialProgram } from "./trial-calls.js";
import { trialServers } from "./trial-servers.js";
import { type WatchedProgram, watchProgram } from "./watch-program.js";

/** What an agent told of calls that were really made. */
export interface Trial extends WatchedProgram {
  ports: TrialPorts;
  /** The paths that were asked for over TLS. */
  requestedPaths: ReadonlySet<string>;
}

/** Captures a program that makes one call of each kind. @throws StraycallError if the capture does not start */
export async function tryCapture(scope: CommandScope): Promise<Trial> {
  try {
    const servers = await trialServers();
    try {
      const { ports, requestedPaths } = servers;
      const program = [process.execPath, "-e", trialProgram, JSON.stringify(ports)];
      const step = `GITHUB_ACTION=${trialMark}`;
      const watched = await watchProgram(scope, ["/usr/bin/env", step, ...program]);
      return { ...watched, ports, requestedPaths };
    } finally {
      servers.close();
    }
  } finally {
    scope.close();
  }
}
