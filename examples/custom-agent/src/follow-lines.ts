import { open } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

/** A line of a file and where in the file it begins. */
export interface FollowedLine {
  text: string;
  offset: number;
}

const pollMs = 100;
const chunkSize = 65_536;

/** Reads what is written to a file from now on, line by line, until `signal` aborts and all is read. */
export async function followLines(
  path: string,
  signal: AbortSignal,
): Promise<AsyncIterable<FollowedLine>> {
  const file = await open(path, "r");
  let offset = (await file.stat()).size;

  return (async function* () {
    const buffer = Buffer.alloc(chunkSize);
    try {
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
    } finally {
      await file.close();
    }
  })();
}

function* linesOf(text: string, start: number): Generator<FollowedLine> {
  let offset = start;
  for (const line of text.split("\n").slice(0, -1)) {
    yield { text: line, offset };
    offset += Buffer.byteLength(line) + 1;
  }
}
