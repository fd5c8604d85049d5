import type { Step } from "./step.js";

/** One process of a run. */
export interface ProcessRecord {
  /** The kernel reuses pids within a run; this is never reused. */
  entityId: string;
  pid: number;
  parentPid?: number;
  parentEntityId?: string;
  /** Path of the program; unset for a process first seen by a call. */
  executable?: string;
  /** Secrets masked. */
  args: string[];
  /** `args` as one would type them in a shell. */
  commandLine: string;
  /** The agent cut the arguments. */
  argsTruncated?: boolean;
  workingDirectory?: string;
  userId?: number;
  userName?: string;
  cgroup?: string;
  /** Of the container it is in, where the agent could tell. */
  containerId?: string;
  step?: Step;
  /** Epoch milliseconds, as all times here. */
  startedAt?: number;
  endedAt?: number;
  exitCode?: number;
}
