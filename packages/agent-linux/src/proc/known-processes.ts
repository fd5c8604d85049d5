import type { ExecFact } from "../decode/fact.js";
import { processFact } from "./process-fact.js";
import type { ProcessFiles } from "./process-files.js";

/** Tells of processes that were not seen to start; undefined for one that is gone. */
export interface KnownProcesses {
  /** The process that has this pid. */
  read(pid: number): ExecFact | undefined;
  /** The process that had this pid since `start`, if it still has. */
  describe(pid: number, start: number): ExecFact | undefined;
  /**
   * These processes and all their ancestors, parents before their children.
   *
   * Of ancestors that are not watched only the program is told: their arguments are none of the job's.
   */
  snapshot(watched: readonly number[], agentPid: number): ExecFact[];
}

const maxDepth = 32;

export function knownProcesses(
  readFiles: (pid: number) => ProcessFiles | undefined,
): KnownProcesses {
  const read = (pid: number): ExecFact | undefined => {
    const files = readFiles(pid);
    return files && processFact(pid, files);
  };
  const withParent = (fact: ExecFact, parent: ExecFact | undefined): ExecFact => ({
    ...fact,
    process: { ...fact.process, parentStart: parent?.process.start ?? 0 },
  });

  const readWhole = (pid: number): ExecFact | undefined => {
    const fact = read(pid);
    if (fact === undefined) return undefined;
    const { parentPid } = fact.process;
    return withParent(fact, parentPid === 0 ? undefined : read(parentPid));
  };

  return {
    read: readWhole,
    describe(pid, start) {
      const fact = readWhole(pid);
      return fact?.process.start === start ? fact : undefined;
    },
    snapshot(watched, agentPid) {
      const isWatched = new Set(watched);
      const facts = new Map<number, ExecFact>();
      const add = (pid: number, depth: number): ExecFact | undefined => {
        if (pid === 0 || depth > maxDepth) return undefined;
        const known = facts.get(pid);
        if (known !== undefined) return known;
        const fact = read(pid);
        if (fact === undefined || isKernelThread(fact)) return fact;
        const whole = withParent(fact, add(fact.process.parentPid, depth + 1));
        facts.set(pid, isWatched.has(pid) ? whole : { ...whole, args: [], argsCut: false });
        return whole;
      };
      add(agentPid, 0);
      for (const pid of watched) add(pid, 0);
      return [...facts.values()];
    },
  };
}

function isKernelThread({ executable, args }: ExecFact): boolean {
  return executable === "" && args.length === 0;
}
