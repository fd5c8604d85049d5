import type { Monitor, Store } from "@straycall/core";
import type { Hono } from "hono";
import type { ApiTokens } from "../access/api-tokens.js";
import type { Guarded } from "../access/guard.js";
import { adminRoutes } from "./admin-routes.js";
import { type ApiRoute, apiRoute } from "./api-route.js";
import { baselineRoutes } from "./baseline-routes.js";
import { detectionRoutes } from "./detection-routes.js";
import { ingestRoute } from "./ingest-route.js";
import { mountApi } from "./mount-api.js";
import { openApiOf } from "./openapi.js";
import { runRoutes } from "./run-routes.js";

export interface ApiOptions {
  monitor: Monitor;
  store: Store;
  tokens: ApiTokens;
  publicUrl: string;
  learningRuns: number;
}

/** The whole API, version 1, with its own description at `openapi.json`. */
export function api({
  monitor,
  store,
  tokens,
  publicUrl,
  learningRuns,
}: ApiOptions): Hono<Guarded> {
  const routes: ApiRoute[] = [
    ingestRoute(monitor),
    ...runRoutes(publicUrl),
    ...detectionRoutes,
    ...baselineRoutes(learningRuns),
    ...adminRoutes({ monitor, store, tokens }),
  ];
  const description: ApiRoute = apiRoute({
    method: "get",
    path: "/openapi.json",
    summary: "This description.",
    needs: "read",
    answers: { schema: { type: "object" } },
    handle: async () => openApiOf([...routes, description], publicUrl),
  });
  return mountApi([...routes, description]);
}
