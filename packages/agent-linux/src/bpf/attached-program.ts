import type { LoadedProgram } from "./load-object.js";

/** A program that is attached, by a link or a perf event: a file descriptor. */
export interface AttachedProgram {
  program: LoadedProgram;
  fd: number;
}
