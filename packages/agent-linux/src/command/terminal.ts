import { writeSync } from "node:fs";
import { isatty } from "node:tty";

export const stdout = 1;
export const stderr = 2;

const retryMs = 10;

/**
 * Writes all of `text` before it returns; `false` if it cannot be written (nobody reads, the disk is full).
 *
 * Not through `process.stdout` and `process.stderr`: these make a pipe non-blocking, for the command too that
 * shares it.
 */
export function writeFully(descriptor: number, text: string): boolean {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return false;
      // Somebody else made it non-blocking, and its reader is slow.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, retryMs);
    }
  }
  return true;
}

/** Tells whether to colour what goes to a descriptor: terminals only, and not where https://no-color.org says no. */
export function wantsColour(descriptor: number, environment: NodeJS.ProcessEnv): boolean {
  return isatty(descriptor) && !environment.NO_COLOR && environment.TERM !== "dumb";
}
