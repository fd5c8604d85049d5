import { StraycallError } from "@straycall/core";

/** A batch of events as it came, not yet checked. */
export interface IngestBody {
  run: unknown;
  events: unknown[];
  /** Places in `events` whose line was no JSON: the line itself stands there. */
  unreadable: Set<number>;
}

/** Reads `{ "run": {...}, "events": [...] }`. Throws EVENT_INVALID. */
export function readJsonBody(text: string): IngestBody {
  const body = parseJson(text);
  if (typeof body !== "object" || body === null || !("run" in body)) {
    throw new StraycallError("EVENT_INVALID", "run: is missing", { field: "run" });
  }
  if (!("events" in body) || !Array.isArray(body.events)) {
    throw new StraycallError("EVENT_INVALID", "events: must be a list", { field: "events" });
  }
  return { run: body.run, events: body.events, unreadable: new Set() };
}

/**
 * Reads newline-delimited JSON: `{ "run": {...} }` on the first line, then one event on each. Empty lines are
 * left out; a line that is no JSON costs nothing but itself. Throws EVENT_INVALID for the first line only.
 */
export function readNdjsonBody(text: string): IngestBody {
  const [first = "", ...lines] = text.split("\n").filter((line) => line.trim() !== "");
  const head = parseJson(first);
  if (typeof head !== "object" || head === null || !("run" in head)) {
    throw new StraycallError("EVENT_INVALID", 'the first line must be {"run": {...}}', {
      field: "run",
    });
  }
  const unreadable = new Set<number>();
  const events = lines.map((line, index) => {
    try {
      return parseJson(line);
    } catch {
      unreadable.add(index);
      return line;
    }
  });
  return { run: head.run, events, unreadable };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StraycallError("EVENT_INVALID", "the body is not JSON", { cause });
  }
}
