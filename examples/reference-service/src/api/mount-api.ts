import { isStraycallError } from "@straycall/core";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { z } from "zod";
import { type Guarded, needs } from "../access/guard.js";
import { apiError } from "../routes/api-error.js";
import type { ApiRoute } from "./api-route.js";

const maxBodySize = 262_144;

/** Mounts the API's routes: each checks the right that it needs, then its input, and names what is wrong with it. */
export function mountApi(routes: readonly ApiRoute[]): Hono<Guarded> {
  const app = new Hono<Guarded>();
  for (const route of routes) {
    const { maxBody: maxSize = maxBodySize } = route;
    const message = `send at most ${maxSize} bytes at once`;
    const onError = (c: Context) => apiError(c, 413, { code: "BODY_TOO_LARGE", message });
    const limitBody = bodyLimit({ maxSize, onError });
    const path = route.path.replaceAll(/\{(\w+)\}/g, ":$1");
    app.on(route.method.toUpperCase(), path, needs(route.needs), limitBody, (c) =>
      answered(c, route),
    );
  }
  return app;
}

async function answered(c: Context<Guarded>, route: ApiRoute): Promise<Response> {
  const query = route.query?.safeParse(c.req.query());
  if (query && !query.success) return wrong(c, "QUERY_INVALID", query.error);
  const sent = route.body && (await c.req.json().catch(() => undefined));
  const body = route.body?.safeParse(sent);
  if (body && !body.success) return wrong(c, "BODY_INVALID", body.error);
  try {
    const answer = await route.handle({
      c,
      reader: c.var.reader,
      who: c.var.access.who,
      param: (name) => c.req.param(name) ?? "",
      query: query?.data,
      body: body?.data,
    });
    if (answer instanceof Response) return answer;
    if (answer !== undefined) return c.json(answer);
    return apiError(c, 404, { code: "NOT_FOUND", message: "there is no such thing" });
  } catch (error) {
    if (isStraycallError(error, "NOT_FOUND")) {
      return apiError(c, 404, { code: "NOT_FOUND", message: error.message });
    }
    if (isStraycallError(error, "NOTIFY_FAILED") || isStraycallError(error, "CI_FAILED")) {
      return apiError(c, 502, { code: error.code, message: error.message });
    }
    if (!isStraycallError(error, "CONFIG_INVALID")) throw error;
    if (error.field === "cursor") {
      return apiError(c, 400, { code: "QUERY_INVALID", message: error.message, field: "cursor" });
    }
    const { code, message, field } = error;
    return apiError(c, 400, { code, message, ...(field === undefined ? {} : { field }) });
  }
}

function wrong(c: Context, code: string, error: z.ZodError) {
  const [issue] = error.issues;
  const field = issue?.path.join(".") || "body";
  return apiError(c, 400, { code, message: `${field}: ${issue?.message ?? "is wrong"}`, field });
}
