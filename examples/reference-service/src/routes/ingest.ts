import {
  type Ingested,
  isStraycallError,
  type Monitor,
  maxBatchEvents,
  type RejectedEvent,
} from "@straycall/core";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { apiError } from "./api-error.js";
import { bearerToken } from "./bearer-token.js";
import { type IngestBody, readJsonBody, readNdjsonBody } from "./ingest-body.js";
import { type RateLimit, rateLimit } from "./rate-limit.js";

/** The largest body taken, bytes. */
const maxBodySize = 8 * 1024 * 1024;

export interface IngestRouteOptions {
  monitor: Monitor;
  token: string;
  limit: RateLimit;
}

/** What became of the events. */
export interface IngestAnswer {
  /** Events that were not known before. */
  stored: number;
  duplicates: number;
  /** Events that did not fit the schema, and why; the others were taken. */
  rejected: RejectedEvent[];
  /** Ids of the detections that these events made. */
  detections: string[];
}

/** `POST /events`: where agents send what they captured. */
export function ingestRoute({ monitor, token, limit }: IngestRouteOptions) {
  const limitBody = bodyLimit({
    maxSize: maxBodySize,
    onError: (c) =>
      apiError(c, 413, {
        code: "BODY_TOO_LARGE",
        message: `send at most ${maxBodySize} bytes at once`,
      }),
  });

  return new Hono().post("/events", rateLimit(limit), bearerToken(token), limitBody, async (c) => {
    const readBody = bodyReader(c.req.header("content-type"));
    if (readBody === undefined) {
      return apiError(c, 415, {
        code: "UNSUPPORTED_MEDIA_TYPE",
        message: "send application/json or application/x-ndjson",
      });
    }
    try {
      return c.json(await ingest(monitor, readBody(await c.req.text())));
    } catch (error) {
      if (!isStraycallError(error, "EVENT_INVALID")) throw error;
      const { code, message, field } = error;
      return apiError(c, 400, { code, message, ...(field === undefined ? {} : { field }) });
    }
  });
}

function bodyReader(contentType = ""): ((text: string) => IngestBody) | undefined {
  const [mediaType = ""] = contentType.split(";");
  switch (mediaType.trim().toLowerCase()) {
    case "application/json":
      return readJsonBody;
    case "application/x-ndjson":
    case "application/jsonl":
      return readNdjsonBody;
    default:
      return undefined;
  }
}

async function ingest(
  monitor: Monitor,
  { run, events, unreadable }: IngestBody,
): Promise<IngestAnswer> {
  const answer: IngestAnswer = { stored: 0, duplicates: 0, rejected: [], detections: [] };
  let start = 0;
  do {
    const batch = events.slice(start, start + maxBatchEvents);
    const ingested: Ingested = await monitor.ingest({ run, events: batch });
    answer.stored += ingested.stored;
    answer.duplicates += ingested.duplicates;
    answer.detections.push(...ingested.detections.map((detection) => detection.id));
    for (const rejected of ingested.rejected) {
      const index = start + rejected.index;
      const message = unreadable.has(index) ? "the line is not JSON" : rejected.message;
      answer.rejected.push({ ...rejected, index, message });
    }
    start += maxBatchEvents;
  } while (start < events.length);
  return answer;
}
