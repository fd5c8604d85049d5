import { createReadStream } from "node:fs";
import { type CiLogLine, StraycallError, timedLogLine } from "@straycall/core";

/** What a line has past this is left out: a log can be one line of gigabytes. */
const maxLineLength = 1_000_000;

/** The lines of a log file; `undefined` if there is none. A time at the beginning of a line (RFC 3339) is its time. */
export async function logFileLines(path: string): Promise<AsyncIterable<CiLogLine> | undefined> {
  const file = createReadStream(path, { encoding: "utf8" });
  try {
    await new Promise((resolve, reject) => file.once("open", resolve).once("error", reject));
  } catch (cause) {
    if ((cause as { code?: string }).code === "ENOENT") return undefined;
    throw new StraycallError("CI_FAILED", "the log file cannot be opened", { cause });
  }
  return linesOf(file);
}

async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<CiLogLine> {
  let begun = "";
  for await (const chunk of chunks) {
    const lines = chunk.split("\n");
    const last = lines.pop() ?? "";
    for (const line of lines) {
      yield timedLogLine(withoutReturn(grown(begun, line)));
      begun = "";
    }
    begun = grown(begun, last);
  }
  if (begun !== "") yield timedLogLine(withoutReturn(begun));
}

const grown = (begun: string, more: string) =>
  begun.length >= maxLineLength ? begun : (begun + more).slice(0, maxLineLength);

const withoutReturn = (line: string) => (line.endsWith("\r") ? line.slice(0, -1) : line);
