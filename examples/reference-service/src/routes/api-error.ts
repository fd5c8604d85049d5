import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

export interface ApiError {
  code: string;
  message: string;
  /** Path of the offending field, where there is one. */
  field?: string;
}

/** Every error of the API has this one shape: `{ error: { code, message, field } }`. */
export function apiError(c: Context, status: ContentfulStatusCode, error: ApiError) {
  return c.json({ error }, status);
}
