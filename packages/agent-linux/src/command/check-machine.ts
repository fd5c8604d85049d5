import { isStraycallError } from "@straycall/core";
import { thisMachine } from "../support.js";
import type { CommandScope } from "./command-scope.js";
import { startCapture } from "./started-capture.js";
import type { Terminal } from "./terminal.js";

/** Tells what this machine can capture, by starting to, or what is missing. Answers with the exit status. */
export async function checkMachine(
  openScope: () => CommandScope,
  terminal: Terminal,
): Promise<number> {
  try {
    const blindSpots = await findBlindSpots(openScope());
    const { kernel, arch } = thisMachine();
    terminal.print(`This machine can capture (Linux ${kernel}, ${arch}).\n`);
    for (const blindSpot of blindSpots) terminal.print(`- ${blindSpot}\n`);
    return 0;
  } catch (error) {
    if (!isStraycallError(error)) throw error;
    terminal.print(`${error.message}\n`);
    return 1;
  }
}

async function findBlindSpots(scope: CommandScope): Promise<readonly string[]> {
  try {
    const stop = new AbortController();
    const capture = await startCapture(scope.agent, stop.signal, { event() {}, broken() {} });
    stop.abort();
    await capture.close();
    return capture.blindSpots;
  } finally {
    scope.close();
  }
}
