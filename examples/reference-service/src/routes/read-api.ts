import {
  type CallQuery,
  type Monitor,
  type PageQuery,
  parseJobKey,
  type Store,
} from "@straycall/core";
import { type Context, Hono } from "hono";
import { apiError } from "./api-error.js";
import { readDetectionFilter } from "./detection-filter.js";
import { readPageQuery } from "./page-query.js";

/**
 * Runs, calls and detections as JSON. Lists answer `{ items, next }`; pass `next` as `cursor` for what follows.
 */
export function readApiRoutes(monitor: Monitor, store: Store) {
  return new Hono()
    .get("/runs", async (c) => {
      const job = c.req.query("job");
      if (job !== undefined && parseJobKey(job) === undefined) {
        return invalidQuery(c, "job", "is not a job key");
      }
      return withPage(c, async (page) =>
        c.json(await store.runs.list({ ...page, ...(job === undefined ? {} : { jobKey: job }) })),
      );
    })
    .get("/runs/:key", async (c) => {
      const run = await store.runs.get(c.req.param("key"));
      return run ? c.json(run) : notFound(c, "run");
    })
    .get("/runs/:key/calls", async (c) => {
      const key = c.req.param("key");
      if (!(await store.runs.get(key))) return notFound(c, "run");
      return withPage(c, async (page) => {
        const query: CallQuery = { ...page, anomalousOnly: c.req.query("anomalous") === "1" };
        return c.json(await store.calls.list(key, query));
      });
    })
    .get("/detections", (c) =>
      withPage(c, async (page) => {
        const filter = readDetectionFilter(c.req.query());
        return c.json(await store.detections.list({ ...page, ...filter }));
      }),
    )
    .get("/detections/:id", async (c) => {
      const detection = await store.detections.get(c.req.param("id"));
      if (!detection) return notFound(c, "detection");
      return c.json({ ...detection, deliveries: await store.deliveries.list(detection.id) });
    })
    .get("/detections/:id/investigation", async (c) => {
      const id = c.req.param("id");
      if (!(await store.detections.get(id))) return notFound(c, "detection");
      return c.json(await monitor.investigate(id));
    });
}

async function withPage(c: Context, answer: (page: PageQuery) => Promise<Response>) {
  const query = readPageQuery(c.req.query());
  return "page" in query ? answer(query.page) : invalidQuery(c, query.wrong, query.message);
}

const invalidQuery = (c: Context, field: string, message: string) =>
  apiError(c, 400, { code: "QUERY_INVALID", message: `${field}: ${message}`, field });

const notFound = (c: Context, what: string) =>
  apiError(c, 404, { code: "NOT_FOUND", message: `there is no such ${what}` });
