import { open } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

/** A line of a file and where in the file it begins. */
export interface FollowedLine {
  text: string;
  offset: number;
}

const pollMs = 100;
const chunkSize = 65_536;

/** A file that is read from where it ended when it was opened. */
export interface FollowedFile {
  /** What is written to it, line by line, until `signal` aborts and all is read. */
  lines(signal: AbortSignal): AsyncIterable<FollowedLine>;
  close(): Promise<void>;
}

export async function openFollowed(path: string): Promise<FollowedFile> {
  const file = await open(path, "r");
  let offset = (await file.stat()).size;
  return {
    close: () => file.close(),
    async *lines(signal) {
      const buffer = Buffer.alloc(chunkSize);
      for (;;) {
        const isLast = signal.aborted;
        const { bytesRead } = await file.read(buffer, 0, chunkSize, offset);
        const end = buffer.subarray(0, bytesRead).lastIndexOf("\n") + 1;
        // A line longer than the buffer is nothing that a proxy writes: skip it.
        const taken = end > 0 || bytesRead < chunkSize ? end : bytesRead;
        yield* linesOf(buffer.toString("utf8", 0, end), offset);
        offset += taken;
        if (taken > 0) continue;
        if (isLast) return;
        await pause(pollMs, undefined, { signal }).catch(() => {});
      }
    },
  };
}

function* linesOf(text: string, start: number): Generator<FollowedLine> {
  let offset = start;
  for (const line of text.split("\n").slice(0, -1)) {
    yield { text: line, offset };
    offset += Buffer.byteLength(line) + 1;
  }
}
