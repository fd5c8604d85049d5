import type { ProcessRecord, Step } from "@straycall/core";

/** One program of a chain: its path and arguments. */
export interface ProgramStart {
  executable: string;
  args: string[];
  /** The agent can read its TLS traffic: it uses a library that can be looked into. */
  readable: boolean;
}

/** Who makes calls: a process with its ancestors, in a step. */
export interface Caller {
  /** Says the same of the same kind of caller in every job. */
  key: string;
  process: ProcessRecord;
  /** Nearest first. */
  ancestors: ProcessRecord[];
  step: Step | undefined;
  /** The agent sees the requests inside its TLS connections. */
  readable: boolean;
}

/** Makes a caller of a chain of programs, the calling one first, its ancestors after it. */
export function makeCaller(
  key: string,
  chain: readonly ProgramStart[],
  step: Step | undefined,
): Caller {
  const records = chain.map((start, at): ProcessRecord => {
    const pid = 4_000 - at;
    const parent =
      at + 1 < chain.length ? { parentPid: pid - 1, parentEntityId: `${pid - 1}-1` } : {};
    return {
      entityId: `${pid}-1`,
      pid,
      ...parent,
      executable: start.executable,
      args: start.args,
      commandLine: start.args.join(" "),
      ...(step ? { step } : {}),
    };
  });
  const [process, ...ancestors] = records;
  if (!process) throw new RangeError("a caller is at least one program");
  return { key, process, ancestors, step, readable: chain[0]?.readable === true };
}
