import { isStraycallError, type Logger, type Monitor, type Store } from "@straycall/core";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { apiTokens } from "./access/api-tokens.js";
import { authorityOf } from "./access/authority.js";
import { type Guarded, guard } from "./access/guard.js";
import { type Sessions, sessions as signedSessions } from "./access/sessions.js";
import { api } from "./api/api.js";
import type { AppSettings } from "./app-settings.js";
import { ErrorPage } from "./pages/error-page.js";
import { renderPage } from "./pages/render-page.js";
import { adminPageRoutes } from "./routes/admin-pages.js";
import { apiError } from "./routes/api-error.js";
import { assetRoutes } from "./routes/assets.js";
import { baselinePages } from "./routes/baseline-pages.js";
import { detectionPages } from "./routes/detection-pages.js";
import { defaultRateLimit, rateLimit } from "./routes/rate-limit.js";
import { runPages } from "./routes/run-pages.js";
import { sameOrigin } from "./routes/same-origin.js";
import { securityHeaders } from "./routes/security-headers.js";
import { signInPages } from "./routes/sign-in-pages.js";

export interface AppParts {
  monitor: Monitor;
  store: Store;
  logger: Logger;
  settings: AppSettings;
}

export interface App {
  hono: Hono<Guarded>;
  sessions: Sessions;
}

const maxFormSize = 262_144;
const isApi = (path: string) => path.startsWith("/api/");

/**
 * The API and the pages over one monitor and its store; it listens nowhere by itself.
 *
 * Every request passes the guard, whatever route is added below it.
 */
export function createApp({ monitor, store, logger, settings }: AppParts): App {
  const { adminToken, publicUrl, learningRuns } = settings;
  const tokens = apiTokens(store);
  const authority = authorityOf(settings, tokens);
  const sessions = signedSessions(authority, adminToken, publicUrl.startsWith("https:"));
  const hono = new Hono<Guarded>();

  hono.use(securityHeaders);
  hono.use(rateLimit(settings.rateLimit ?? defaultRateLimit));
  hono.use(guard({ monitor, store, authority, sessions }));
  hono.route("/api/v1", api({ monitor, store, tokens, publicUrl, learningRuns }));
  hono.route("/assets", assetRoutes());
  // Below this are the pages: the API takes larger bodies, and no cookies where it changes something.
  hono.use(bodyLimit({ maxSize: maxFormSize }), sameOrigin(publicUrl));
  hono.route("/", signInPages(sessions));
  hono.route("/", runPages(settings));
  hono.route("/", detectionPages(settings));
  hono.route("/", baselinePages(settings));
  hono.route("/", adminPageRoutes({ monitor, store, tokens }));

  hono.notFound((c) =>
    isApi(c.req.path)
      ? apiError(c, 404, { code: "NOT_FOUND", message: "there is nothing here" })
      : renderPage(c, <ErrorPage title="There is nothing here" />, 404),
  );
  hono.onError((error, c) => {
    if (isStraycallError(error, "CONFIG_INVALID") && error.field === "cursor") {
      return renderPage(c, <ErrorPage title="This page of the list does not exist" />, 400);
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
  return { hono, sessions };
}
