import type { ChildProcess } from "node:child_process";
import type { CaptureAgent } from "@straycall/core";

/** Where one command runs, and the agent that watches just there. */
export interface CommandScope {
  readonly agent: CaptureAgent;
  /** Starts a process inside, with this process's environment, folder and stdin. */
  start(command: readonly [string, ...string[]], options: { stdout: number }): ChildProcess;
  /** How many processes are inside. */
  population(): number;
  /** Ends what the command left inside, if nothing may outlive it here; tells how many processes that were. */
  endRest(): Promise<number>;
  /** Gives the scope up; processes still inside go on. */
  close(): void;
}
