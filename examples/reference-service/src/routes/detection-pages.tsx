import { Hono } from "hono";
import type { Guarded } from "../access/guard.js";
import type { AppSettings } from "../app-settings.js";
import { pageLinks } from "../page-links.js";
import { DetectionPage } from "../pages/detection-page.js";
import { DetectionsPage } from "../pages/detections-page.js";
import { renderPage } from "../pages/render-page.js";
import { readDetectionFilter } from "./detection-filter.js";
import { cursorOf, pageRows as limit } from "./page-search.js";
import { missing } from "./run-pages.js";

/** The pages of detections. */
export function detectionPages(settings: AppSettings) {
  const links = pageLinks(settings.publicUrl);
  return new Hono<Guarded>()
    .get("/detections", async (c) => {
      const filter = readDetectionFilter(c.req.query());
      const wanted = { limit, ...filter, ...cursorOf(c) };
      const detections = await c.var.reader.detections.list(wanted);
      const shown = { detections, filter, now: Date.now() };
      return renderPage(c, <DetectionsPage {...shown} />);
    })
    .get("/detections/:id", async (c) => {
      const { reader } = c.var;
      const found = await reader.investigate(c.req.param("id"));
      if (found === undefined) return missing(c, "detection");
      const { detection } = found;
      const deliveries = await reader.deliveriesOf(detection.id);
      return renderPage(
        c,
        <DetectionPage
          detection={detection}
          deliveries={deliveries}
          found={found}
          links={{ detection: links.detection(detection), run: links.run(detection) }}
          isRecorded={settings.recordedJobs.has(detection.jobKey)}
          now={Date.now()}
        />,
      );
    });
}
