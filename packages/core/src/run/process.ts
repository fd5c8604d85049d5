import type { Step } from "./step.js";

/** One process of a run. */
export interface ProcessRecord {
  /** The kernel reuses pids within a run; this is never reused. */
  entityId: string;
  pid: number;
  /** Who made it. The kernel gives a process another parent when that one ends; this stays. */
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
  /** The step it belongs to: what the first of its ancestors that names one says. */
  step?: Step;
  /** The step that its own environment names, where that is another. */
  claimedStep?: Step;
  /** Epoch milliseconds, as all times here. */
  startedAt?: number;
  endedAt?: number;
  exitCode?: number;
}
