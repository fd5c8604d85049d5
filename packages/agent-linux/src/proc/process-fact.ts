import { readFileSync } from "node:fs";
import { variablesOf } from "../decode/decode-exec.js";
import type { ExecFact } from "../decode/fact.js";
import { maxArgsBytes, type ProcessFiles } from "./process-files.js";

/** /proc counts time in ticks of 10 ms on every Linux (USER_HZ). */
const tickMs = 10;

/** What /proc says of one process, its parent's start aside. */
export function processFact(pid: number, files: ProcessFiles): ExecFact {
  const { parentPid, start } = readStat(files);
  return {
    type: "exec",
    time: start * tickMs - files.sleptMs,
    process: { pid, thread: pid, start, parentPid, parentStart: 0, userId: files.userId },
    executable: files.executable,
    directory: files.directory,
    ...readArgs(files),
    environment: variablesOf(Buffer.from(files.stepVariables, "latin1")),
    environmentCut: false,
  };
}

/** The name, in parentheses, may itself hold spaces and parentheses (proc_pid_stat(5)). */
function readStat({ stat }: Pick<ProcessFiles, "stat">): { parentPid: number; start: number } {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { parentPid: Number(fields[1]), start: Number(fields[19]) };
}

function readArgs({ commandLine }: ProcessFiles): { args: string[]; argsCut: boolean } {
  const bytes = Buffer.from(commandLine, "latin1");
  const text = bytes.toString("utf8", 0, maxArgsBytes).replace(/\0$/, "");
  return { args: text === "" ? [] : text.split("\0"), argsCut: bytes.length > maxArgsBytes };
}

/** When a process was made, in clock ticks since boot. @throws Error if it is gone */
export function readStart(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  return readStat({ stat }).start;
}
