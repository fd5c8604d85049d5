import {
  detectionKinds,
  type PageQuery,
  parseJobKey,
  runModeSchema,
  runOutcomeSchema,
  severities,
} from "@straycall/core";
import { z } from "zod";
import { detectionStatuses } from "../routes/detection-filter.js";
import { maxCursorLength } from "../routes/page-search.js";

/* What the lists of the API may be asked for. */

const cursor = z
  .string()
  .min(1)
  .max(maxCursorLength)
  .optional()
  .describe("The `next` of the page before; unset for the first page.");
const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(1000)
  .optional()
  .describe("At most so many items; 50 if unset.");
const search = z
  .string()
  .max(512)
  .optional()
  .describe("Only what holds this text; case does not matter.");
const flag = (text: string) => z.enum(["1", "0"]).optional().describe(text);
const format = z
  .enum(["json", "ndjson", "csv"])
  .optional()
  .describe("`json`: a page. `ndjson` and `csv`: the whole list, a line for each.");

export const pageQuery = z.object({ cursor, limit });
const searchQuery = pageQuery.extend({ search });

export const runQuery = searchQuery.extend({
  job: z
    .string()
    .max(4096)
    .refine((key) => parseJobKey(key) !== undefined, "is not a job key")
    .optional()
    .describe("Only runs of the job of this key."),
  findings: flag("`1`: only runs with calls that a detection tells of."),
  outcome: runOutcomeSchema.optional(),
  mode: runModeSchema.optional(),
  format,
});

export const callQuery = searchQuery.extend({
  anomalous: flag("`1`: only calls that a detection tells of."),
  process: z.string().max(256).optional().describe("Only calls of the process of this entity id."),
  from: z.coerce.number().optional().describe("Only calls from then on, epoch milliseconds."),
  before: z.coerce.number().optional().describe("Only calls before then, epoch milliseconds."),
  format,
});

export const processQuery = searchQuery.extend({
  parent: z.string().max(256).optional().describe("Only those that this process made."),
  format,
});

export const detectionQuery = searchQuery.extend({
  status: z.enum(detectionStatuses as [string, ...string[]]).optional(),
  kind: z.enum(detectionKinds).optional(),
  severity: z.enum(severities).optional().describe("Only those as bad as this, or worse."),
  format,
});

export const destinationQuery = searchQuery.extend({ format });

/** The part of a query that every list takes. */
export function pageOf({ cursor: at, limit: most }: z.output<typeof pageQuery>): PageQuery {
  return { ...(at ? { cursor: at } : {}), ...(most ? { limit: most } : {}) };
}

/** Leaves out what is not set: the stores tell unset from undefined. */
export function given<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(set) as { [K in keyof T]?: NonNullable<T[K]> };
}
