import {
  type Baseline,
  baselineMaturity,
  type Detection,
  type Monitor,
  type RunRecord,
  type Store,
} from "@straycall/core";
import { type Context, Hono } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppSettings } from "../app-settings.js";
import { pageLinks } from "../page-links.js";
import { DetectionPage } from "../pages/detection-page.js";
import { DetectionsPage } from "../pages/detections-page.js";
import { ErrorPage } from "../pages/error-page.js";
import { renderPage } from "../pages/render-page.js";
import { RunPage } from "../pages/run-page.js";
import { RunsPage } from "../pages/runs-page.js";
import type { AdminSessions } from "./admin-session.js";
import { readDetectionFilter } from "./detection-filter.js";

/** A run of more is not looked through for every page. */
const maxEvents = 20_000;
/** Rows a page shows at once. */
const limit = 50;

const neverStored = createMiddleware(async (c, next) => {
  await next();
  c.header("Cache-Control", "no-store");
});

/** The pages for people, made on the server and complete without scripts. */
export function pageRoutes(
  monitor: Monitor,
  store: Store,
  settings: AppSettings,
  sessions: AdminSessions,
) {
  const links = pageLinks(settings.publicUrl);

  const detectionsOf = async (run: RunRecord): Promise<Detection[]> => {
    const page = await store.detections.list({ runKey: run.key, limit: 1000 });
    return page.items.reverse();
  };
  const maturityOf = (baseline: Baseline | undefined) =>
    baselineMaturity(baseline, settings.learningRuns);

  /** To investigate reads the run's log: of a large one only if somebody asks. */
  const isQuick = async ({ run }: Detection, c: Context) =>
    c.req.query("why") === "1" || ((await store.runs.get(run.key))?.counts.events ?? 0) < maxEvents;

  return new Hono()
    .use(neverStored)
    .get("/", async (c) => {
      const runs = await store.runs.list({ limit, ...cursorOf(c) });
      return renderPage(c, <RunsPage runs={runs} now={Date.now()} settings={settings} />);
    })
    .get("/runs/:key", async (c) => {
      const run = await store.runs.get(c.req.param("key"));
      if (!run) return missing(c, "run");
      const anomalousOnly = c.req.query("anomalous") === "1";
      const [calls, detections, baseline] = await Promise.all([
        store.calls.list(run.key, { limit, anomalousOnly, ...cursorOf(c) }),
        detectionsOf(run),
        store.baselines.get(run.jobKey),
      ]);
      return renderPage(
        c,
        <RunPage
          run={run}
          calls={calls}
          anomalousOnly={anomalousOnly}
          detections={detections}
          baseline={{
            runs: baseline?.runs ?? 0,
            endpoints: Object.keys(baseline?.endpoints ?? {}).length,
            maturity: maturityOf(baseline),
          }}
          now={Date.now()}
          settings={settings}
        />,
      );
    })
    .get("/detections", async (c) => {
      const filter = readDetectionFilter(c.req.query());
      const detections = await store.detections.list({ limit, ...filter, ...cursorOf(c) });
      const shown = { detections, filter, now: Date.now() };
      return renderPage(c, <DetectionsPage {...shown} />);
    })
    .get("/detections/:id", async (c) => {
      const detection = await store.detections.get(c.req.param("id"));
      if (!detection) return missing(c, "detection");
      const [deliveries, found] = await Promise.all([
        store.deliveries.list(detection.id),
        (await isQuick(detection, c)) ? monitor.investigate(detection.id) : undefined,
      ]);
      const isRecorded = settings.recordedJobs.has(detection.jobKey);
      return renderPage(
        c,
        <DetectionPage
          detection={detection}
          deliveries={deliveries}
          found={found}
          links={{ detection: links.detection(detection), run: links.run(detection) }}
          isRecorded={isRecorded}
          who={sessions.who(c)}
          now={Date.now()}
        />,
      );
    });
}

function cursorOf(c: Context): { cursor?: string } {
  const cursor = c.req.query("cursor");
  return cursor ? { cursor: cursor.slice(0, 1024) } : {};
}

const missing = (c: Context, what: string) =>
  renderPage(c, <ErrorPage title={`There is no such ${what}`} />, 404);
