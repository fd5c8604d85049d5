import { closeSync, openSync, readFileSync, readlinkSync, readSync, statSync } from "node:fs";
import { stepVariables } from "../translate/step.js";

/** What /proc holds about one process, as it is there: nothing of it is understood here. */
export interface ProcessFiles {
  /** Bytes as latin1 characters, like the next two. */
  stat: string;
  /** At most one byte more than is kept. */
  commandLine: string;
  /** The variables that name a step, each ended by a NUL. */
  stepVariables: string;
  executable: string;
  directory: string;
  userId: number;
  /** How long the machine has slept since its boot, in milliseconds. */
  sleptMs: number;
}

export const maxArgsBytes = 8_192;
const maxVariable = 4_096;

/** Reads what only root may; undefined if the process is gone. */
export function readProcessFiles(pid: number): ProcessFiles | undefined {
  try {
    return {
      stat: readFileSync(`/proc/${pid}/stat`, "latin1"),
      commandLine: readStart(`/proc/${pid}/cmdline`, maxArgsBytes + 1),
      stepVariables: readStepVariables(pid),
      executable: readLink(`/proc/${pid}/exe`),
      directory: readLink(`/proc/${pid}/cwd`),
      userId: statSync(`/proc/${pid}`).uid,
      sleptMs: sleptMs(),
    };
  } catch {
    return undefined;
  }
}

/** Everything else in an environment may be a secret: it goes no further than this. */
function readStepVariables(pid: number): string {
  try {
    const variables = readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");
    return variables
      .filter((variable) => stepVariables.has(variable.slice(0, variable.indexOf("="))))
      .map((variable) => `${variable.slice(0, maxVariable)}\0`)
      .slice(0, stepVariables.size)
      .join("");
  } catch {
    // Not ours to read, or gone.
    return "";
  }
}

/** CLOCK_MONOTONIC stands still while the machine sleeps; start times do not. */
export function sleptMs(): number {
  const [uptime] = readFileSync("/proc/uptime", "latin1").split(" ");
  return Number(uptime) * 1_000 - Number(process.hrtime.bigint()) / 1e6;
}

function readStart(path: string, size: number): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(size);
    return bytes.toString("latin1", 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
