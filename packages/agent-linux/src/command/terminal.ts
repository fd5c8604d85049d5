import { writeSync } from "node:fs";
import { isatty } from "node:tty";
import { visibleText } from "@straycall/core";

/** Where the user reads what Straycall says. */
export interface Terminal {
  /** Whether what is told may be coloured. */
  readonly colour: boolean;
  /** Writes a result, to stdout; `false` if it cannot be written. */
  print(text: string): boolean;
  /** Writes for people, to stderr, as it is. */
  tell(text: string): void;
  /** Tells in one line that something is wrong, whatever is in `message`. */
  warn(message: string): void;
}

export const stdout = 1;
export const stderr = 2;

/** The terminal, pipes or files that this process was given. Colours where https://no-color.org lets it. */
export function processTerminal(environment: NodeJS.ProcessEnv): Terminal {
  return {
    colour: isatty(stderr) && !environment.NO_COLOR && environment.TERM !== "dumb",
    print: (text) => writeFully(stdout, text),
    tell(text) {
      writeFully(stderr, text);
    },
    warn(message) {
      writeFully(stderr, `straycall: ${visibleText(message, 4000)}\n`);
    },
  };
}

const retryMs = 10;

/**
 * Writes all of `text` before it returns; `false` if it cannot be written (nobody reads, the disk is full).
 *
 * Not through `process.stdout` and `process.stderr`: these make a pipe non-blocking, for the command too that
 * shares it.
 */
function writeFully(descriptor: number, text: string): boolean {
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
