import { type CiLogLine, timedLogLine } from "@straycall/core";

/** What a line has past this is left out. */
const maxLineLength = 1_000_000;

/** The lines of a log as it arrives. */
export async function* streamedLogLines(
  body: AsyncIterable<Uint8Array> | string,
): AsyncGenerator<CiLogLine> {
  let begun = "";
  for await (const chunk of decoded(body)) {
    const lines = chunk.split("\n");
    const last = lines.pop() ?? "";
    for (const line of lines) {
      yield timedLogLine(grown(begun, line).replace(/\r$/, ""));
      begun = "";
    }
    begun = grown(begun, last);
  }
  if (begun !== "") yield timedLogLine(begun.replace(/\r$/, ""));
}

async function* decoded(body: AsyncIterable<Uint8Array> | string): AsyncGenerator<string> {
  if (typeof body === "string") {
    yield body;
    return;
  }
  const decoder = new TextDecoder();
  for await (const bytes of body) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

const grown = (begun: string, more: string) =>
  begun.length >= maxLineLength ? begun : (begun + more).slice(0, maxLineLength);
