import { readFileSync } from "node:fs";
import type { ExecFact } from "../decode/fact.js";
import { knownProcesses } from "./known-processes.js";
import { readProcessFiles } from "./process-files.js";
import type { ProcessScope } from "./process-scope.js";

/** What changed among the watched processes. */
export type ProcessChange =
  | { type: "exec"; fact: ExecFact }
  | { type: "fork"; fact: ExecFact }
  | { type: "exit"; fact: ExecFact };

export interface ProcessWatch {
  /** What changed since the last look, parents before their children. */
  look(): ProcessChange[];
  /** The watched processes as they were at the last look. */
  readonly present: ReadonlyMap<number, ExecFact>;
}

/** Looks at the processes of a scope, again and again. */
export function processWatch(scope: ProcessScope): ProcessWatch {
  const { read } = knownProcesses(readProcessFiles);
  const present = new Map<number, ExecFact>();
  return {
    present,
    look() {
      const pids = new Set(scope.pids());
      const changes: ProcessChange[] = [];
      for (const [pid, fact] of present) {
        if (pids.has(pid) && isSame(fact)) continue;
        present.delete(pid);
        changes.push({ type: "exit", fact });
      }
      const began: ProcessChange[] = [];
      for (const pid of pids) {
        const before = present.get(pid);
        if (before !== undefined && commandLine(pid) === before.args.join("\0")) continue;
        const fact = read(pid);
        if (fact === undefined || isEnded(fact)) continue;
        present.set(pid, fact);
        if (before === undefined)
          began.push({ type: isCopy(fact, present) ? "fork" : "exec", fact });
        else if (!isSameProgram(before, fact)) began.push({ type: "exec", fact });
      }
      const byStart = (a: ProcessChange, b: ProcessChange) =>
        a.fact.process.start - b.fact.process.start || a.fact.process.pid - b.fact.process.pid;
      return [...changes, ...began.sort(byStart)];
    },
  };
}

function isSame({ process: { pid, start } }: ExecFact): boolean {
  const stat = statOf(pid);
  return stat !== undefined && stat.start === start && stat.state !== "Z";
}

/** One that has not yet become another program than its parent. */
function isCopy(fact: ExecFact, present: ReadonlyMap<number, ExecFact>): boolean {
  const parent = present.get(fact.process.parentPid);
  return parent !== undefined && isSameProgram(parent, fact);
}

function isSameProgram(a: ExecFact, b: ExecFact): boolean {
  return a.executable === b.executable && a.args.join("\0") === b.args.join("\0");
}

/** A process that ended, and a thread of the kernel, have no command line. */
function isEnded({ args, executable }: ExecFact): boolean {
  return args.length === 0 && executable === "";
}

function commandLine(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replace(/\0$/, "");
  } catch {
    return undefined;
  }
}

function statOf(pid: number): { state: string | undefined; start: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0], start: Number(fields[19]) };
  } catch {
    return undefined;
  }
}
