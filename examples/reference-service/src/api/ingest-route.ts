import {
  type Ingested,
  inScope,
  isStraycallError,
  type Monitor,
  maxBatchEvents,
  type RejectedEvent,
  type RepositoryScope,
} from "@straycall/core";
import type { Context } from "hono";
import type { Guarded } from "../access/guard.js";
import { apiError } from "../routes/api-error.js";
import { type ApiRoute, apiRoute } from "./api-route.js";
import { type IngestBody, readJsonBody, readNdjsonBody } from "./ingest-body.js";

/** The largest body taken, bytes. */
const maxBodySize = 8 * 1024 * 1024;

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
export function ingestRoute(monitor: Monitor): ApiRoute {
  return apiRoute({
    method: "post",
    path: "/events",
    summary:
      'Takes events of a run: `{"run": {...}, "events": [...]}` as JSON, or as lines, the run on the first (application/x-ndjson).',
    needs: "ingest",
    maxBody: maxBodySize,
    answers: {
      schema: {
        type: "object",
        required: ["stored", "duplicates", "rejected", "detections"],
        properties: {
          stored: { type: "integer" },
          duplicates: { type: "integer" },
          rejected: { type: "array", items: { $ref: "#/components/schemas/RejectedEvent" } },
          detections: { type: "array", items: { type: "string" } },
        },
      },
    },
    handle: ({ c }) => taken(c, monitor),
  });
}

async function taken(c: Context<Guarded>, monitor: Monitor): Promise<Response> {
  const readBody = bodyReader(c.req.header("content-type"));
  if (readBody === undefined) {
    return apiError(c, 415, {
      code: "UNSUPPORTED_MEDIA_TYPE",
      message: "send application/json or application/x-ndjson",
    });
  }
  try {
    const body = readBody(await c.req.text());
    if (!reaches(c.var.access.repositories, body.run)) {
      return apiError(c, 403, {
        code: "FORBIDDEN",
        message: "run.job.repository: is none that this token may write",
        field: "run.job.repository",
      });
    }
    return c.json(await ingest(monitor, body));
  } catch (error) {
    if (!isStraycallError(error, "EVENT_INVALID")) throw error;
    const { code, message, field } = error;
    return apiError(c, 400, { code, message, ...(field === undefined ? {} : { field }) });
  }
}

/** Whether a token may write the run that a body names; one that names none is refused as malformed later. */
function reaches(repositories: RepositoryScope | undefined, run: unknown): boolean {
  const { job } = (typeof run === "object" && run !== null ? run : {}) as { job?: unknown };
  const { repository } = (typeof job === "object" && job !== null ? job : {}) as {
    repository?: unknown;
  };
  if (repositories === undefined) return true;
  return typeof repository === "string" && inScope(repositories, repository);
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
