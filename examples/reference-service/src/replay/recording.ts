import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { captureEventSchema, jobKey, type RunRef, runRefSchema } from "@straycall/core";
import { z } from "zod";

/** A recorded run: what `straycall`'s capture agent saw of a real job, in order. */
export interface Recording {
  run: RunRef;
  events: RecordedEvent[];
}

export type RecordedEvent = z.infer<typeof captureEventSchema>;

const headSchema = z.object({ run: runRefSchema });

/** Reads the recordings of a folder, `*.ndjson` in the order of their names. */
export async function readRecordings(folder: string): Promise<Recording[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".ndjson")).sort();
  return Promise.all(names.map((name) => readRecording(join(folder, name))));
}

async function readRecording(path: string): Promise<Recording> {
  const [head = "", ...lines] = (await readFile(path, "utf8")).trimEnd().split("\n");
  return {
    run: headSchema.parse(JSON.parse(head)).run,
    events: z.array(captureEventSchema).parse(lines.map((line) => JSON.parse(line))),
  };
}

/** The keys of the jobs that the recordings are of. */
export function recordedJobs(recordings: readonly Recording[]): Set<string> {
  return new Set(recordings.map(({ run }) => jobKey(run.job)));
}
