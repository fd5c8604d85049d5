import { isStraycallError, type Logger, type Monitor, type Store } from "@straycall/core";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import type { AppSettings } from "./app-settings.js";
import { ErrorPage } from "./pages/error-page.js";
import { renderPage } from "./pages/render-page.js";
import { adminApiRoutes } from "./routes/admin-api.js";
import { adminPageRoutes } from "./routes/admin-pages.js";
import { adminSessions } from "./routes/admin-session.js";
import { apiError } from "./routes/api-error.js";
import { assetRoutes } from "./routes/assets.js";
import { ingestRoute } from "./routes/ingest.js";
import { knownHost } from "./routes/known-host.js";
import { pageRoutes } from "./routes/pages.js";
import { defaultRateLimit } from "./routes/rate-limit.js";
import { readApiRoutes } from "./routes/read-api.js";
import { securityHeaders } from "./routes/security-headers.js";

export interface AppParts {
  monitor: Monitor;
  store: Store;
  logger: Logger;
  settings: AppSettings;
}

/** The API and the pages over one monitor and its store; it listens nowhere by itself. */
export function createApp({ monitor, store, logger, settings }: AppParts): Hono {
  const app = new Hono();
  const isApi = (path: string) => path.startsWith("/api/");

  app.use(securityHeaders);
  app.get("*", knownHost(settings.publicUrl));
  app.route(
    "/api/v1",
    ingestRoute({
      monitor,
      token: settings.ingestToken,
      limit: settings.rateLimit ?? defaultRateLimit,
    }),
  );
  app.route("/api/v1", readApiRoutes(monitor, store));
  app.route("/api/v1", adminApiRoutes(monitor, store, settings.adminToken));
  app.route("/assets", assetRoutes());
  const { adminToken, publicUrl } = settings;
  const sessions = adminSessions(adminToken, publicUrl.startsWith("https:"));
  app.route("/", pageRoutes(monitor, store, settings, sessions));
  app.route("/", adminPageRoutes({ monitor, store, sessions, publicUrl }));

  app.notFound((c) =>
    isApi(c.req.path)
      ? apiError(c, 404, { code: "NOT_FOUND", message: "there is nothing here" })
      : renderPage(c, <ErrorPage title="There is nothing here" />, 404),
  );
  app.onError((error, c) => {
    if (isStraycallError(error, "CONFIG_INVALID") && error.field === "cursor") {
      return isApi(c.req.path)
        ? apiError(c, 400, { code: "QUERY_INVALID", message: error.message, field: "cursor" })
        : renderPage(c, <ErrorPage title="This page of the list does not exist" />, 400);
    }
    // hono's own: a form from elsewhere, or one that is too large.
    if (error instanceof HTTPException) {
      return renderPage(c, <ErrorPage title="This request is refused" />, error.status);
    }
    if (isStraycallError(error, "NOT_FOUND") && !isApi(c.req.path)) {
      return renderPage(c, <ErrorPage title="There is no such thing" />, 404);
    }
    logger.error({ err: error, path: c.req.path }, "request failed");
    return isApi(c.req.path)
      ? apiError(c, 500, {
          code: "INTERNAL",
          message: "it failed; the log of the service says why",
        })
      : renderPage(c, <ErrorPage title="Something failed; the log of the service says why" />, 500);
  });
  return app;
}
