import { isStraycallError, type Monitor, type Store } from "@straycall/core";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { apiError } from "./api-error.js";
import { bearerToken } from "./bearer-token.js";
import { readPageQuery } from "./page-query.js";

const maxBodySize = 262_144;

/**
 * What changes something, and what tells about notifiers: for who sends the admin token. Who acts is the body's `by`.
 */
export function adminApiRoutes(monitor: Monitor, store: Store, adminToken: string) {
  const { suppressions, settings, notifiers } = monitor;
  const limitBody = bodyLimit({
    maxSize: maxBodySize,
    onError: (c) =>
      apiError(c, 413, { code: "BODY_TOO_LARGE", message: `send at most ${maxBodySize} bytes` }),
  });
  const admin = bearerToken(adminToken);

  return new Hono()
    .post("/detections/:id/review", admin, limitBody, (c) =>
      answered(c, async () => monitor.review(c.req.param("id"), await bodyOf(c))),
    )
    .get("/suppressions", admin, async (c) => {
      const query = readPageQuery(c.req.query());
      if ("page" in query) return c.json(await suppressions.list(query.page));
      const message = `${query.wrong}: ${query.message}`;
      return apiError(c, 400, { code: "QUERY_INVALID", message, field: query.wrong });
    })
    .post("/suppressions", admin, limitBody, (c) =>
      answered(c, async () => suppressions.add(await bodyOf(c))),
    )
    .post("/suppressions/preview", admin, limitBody, (c) =>
      answered(c, async () => suppressions.preview(await bodyOf(c))),
    )
    .post("/suppressions/:id/end", admin, limitBody, (c) =>
      answered(c, async () => {
        const { by } = await bodyOf<{ by?: unknown }>(c);
        return suppressions.end(c.req.param("id"), typeof by === "string" ? by : "api");
      }),
    )
    .get("/settings/notifications", admin, async (c) =>
      c.json({ settings: await settings.get(), lastChange: await settings.lastChange() }),
    )
    .patch("/settings/notifications", admin, limitBody, (c) =>
      answered(c, async () => {
        const { by, ...change } = await bodyOf<Record<string, unknown>>(c);
        return settings.change(change, typeof by === "string" ? by : "api");
      }),
    )
    .get("/notifiers", admin, async (c) => c.json(await notifiers.states()))
    .post("/notifiers/:name/try", admin, (c) =>
      answered(c, async () => {
        await notifiers.try(c.req.param("name"));
        return { delivered: true };
      }),
    )
    .get("/deliveries", admin, async (c) => {
      const query = readPageQuery(c.req.query());
      const page = "page" in query ? query.page : {};
      return c.json(await store.deliveries.find({ ...page, status: "dead" }));
    })
    .post("/deliveries/:id/revive", admin, (c) =>
      answered(c, async () => ({ revived: await notifiers.revive(c.req.param("id")) })),
    );
}

async function bodyOf<Body = never>(c: Context): Promise<Body> {
  return (await c.req.json().catch(() => ({}))) as Body;
}

/** Answers with what was done, or with what is wrong about it. */
async function answered(c: Context, work: () => Promise<object>): Promise<Response> {
  try {
    return c.json(await work());
  } catch (error) {
    if (!isStraycallError(error)) throw error;
    const { code, message, field } = error;
    const status = { CONFIG_INVALID: 400, NOT_FOUND: 404, NOTIFY_FAILED: 502 } as const;
    if (!(code in status)) throw error;
    const details = { code, message, ...(field === undefined ? {} : { field }) };
    return apiError(c, status[code as keyof typeof status], details);
  }
}
