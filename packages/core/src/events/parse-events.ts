import type { z } from "zod";
import { maskEvent } from "../masking/mask-event.js";
import { cutProcess } from "./cut-process.js";
import { type CaptureEvent, captureEventSchema } from "./event.js";

/** Why one event of a batch was refused. */
export interface RejectedEvent {
  /** Its place in the batch, from 0. */
  index: number;
  /** The offending field, `destination.port`; empty if the event is no object at all. */
  field: string;
  message: string;
}

export interface ParsedEvents {
  events: CaptureEvent[];
  rejected: RejectedEvent[];
}

/**
 * Reads events as they came from outside: checks each by itself and masks its secrets.
 *
 * One bad event costs nothing but itself.
 */
export function parseEvents(raw: readonly unknown[]): ParsedEvents {
  const parsed: ParsedEvents = { events: [], rejected: [] };
  raw.forEach((candidate, index) => {
    const result = captureEventSchema.safeParse(cutProcess(candidate));
    if (result.success) parsed.events.push(maskEvent(result.data));
    else parsed.rejected.push({ index, ...firstProblem(result.error) });
  });
  return parsed;
}

/** The first thing that was wrong, in words. */
export function firstProblem(error: z.ZodError): { field: string; message: string } {
  const [issue] = error.issues;
  return {
    field: fieldPath(issue?.path ?? []),
    message: issue?.message ?? "is not an event",
  };
}

/** Writes a path as one would in code: `process.args[2]`. */
function fieldPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}
