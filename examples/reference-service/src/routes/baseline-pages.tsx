import {
  type Baseline,
  baselineChangelog,
  baselineMaturity,
  endpointFamilies,
} from "@straycall/core";
import { Hono } from "hono";
import type { Guarded } from "../access/guard.js";
import type { AppSettings } from "../app-settings.js";
import { BaselinePage } from "../pages/baseline-page.js";
import { type BaselineRow, BaselinesPage } from "../pages/baselines-page.js";
import { DestinationPage, DestinationsPage } from "../pages/destinations-page.js";
import type { EndpointRow } from "../pages/endpoints-table.js";
import { renderPage } from "../pages/render-page.js";
import { cursorOf, pageRows as limit, searchOf } from "./page-search.js";
import { missing } from "./run-pages.js";

/** The pages of what jobs normally call. */
export function baselinePages({ learningRuns }: AppSettings) {
  return new Hono<Guarded>()
    .get("/baselines", async (c) => {
      const { baselines } = c.var.reader;
      const keys = await baselines.list({ limit: 20, ...cursorOf(c) });
      const rows: BaselineRow[] = [];
      for (const key of keys.items) {
        const baseline = await baselines.get(key);
        const endpoints = Object.values(baseline?.endpoints ?? {});
        rows.push({
          key,
          runs: baseline?.runs ?? 0,
          endpoints: endpoints.length,
          unreviewed: endpoints.filter(({ unreviewed }) => unreviewed).length,
          maturity: baselineMaturity(baseline, learningRuns),
        });
      }
      return renderPage(c, <BaselinesPage rows={{ ...keys, items: rows }} />);
    })
    .get("/baselines/:key", async (c) => {
      const jobKey = c.req.param("key");
      const baseline = await c.var.reader.baselines.get(jobKey);
      if (baseline === undefined) return missing(c, "baseline");
      const { search } = searchOf(c);
      const unreviewedOnly = c.req.query("unreviewed") === "1";
      const after = Number(c.req.query("after") ?? 0);
      const rows = rowsOf(baseline, search, unreviewedOnly);
      const from = Number.isInteger(after) && after > 0 ? after : 0;
      const end = from + limit;
      return renderPage(
        c,
        <BaselinePage
          jobKey={jobKey}
          baseline={baseline}
          maturity={baselineMaturity(baseline, learningRuns)}
          endpoints={{
            items: rows.slice(from, end),
            total: rows.length,
            ...(end < rows.length ? { next: end } : {}),
          }}
          families={endpointFamilies(baseline)}
          changes={baselineChangelog(baseline, 30)}
          growth={growthOf(baseline)}
          filter={{ search, unreviewedOnly }}
        />,
      );
    })
    .get("/destinations", async (c) => {
      const wanted = { ...searchOf(c), ...cursorOf(c), limit };
      const destinations = await c.var.reader.baselines.destinations(wanted);
      const shown = { destinations, search: wanted.search };
      return renderPage(c, <DestinationsPage {...shown} />);
    })
    .get("/destinations/:host", async (c) => {
      const host = c.req.param("host");
      const callers = await c.var.reader.baselines.callersOf(host, { limit, ...cursorOf(c) });
      return renderPage(c, <DestinationPage host={host} callers={callers} />);
    });
}

/** The endpoints that are asked for, by their names. */
function rowsOf(
  { endpoints }: Baseline,
  search: string | undefined,
  unreviewedOnly: boolean,
): EndpointRow[] {
  const wanted = search?.toLowerCase() ?? "";
  return Object.entries(endpoints)
    .filter(([key, { unreviewed }]) => key.includes(wanted) && (!unreviewedOnly || unreviewed))
    .map(([key, endpoint]) => ({ key, endpoint }))
    .sort((one, other) => (one.key < other.key ? -1 : 1));
}

/** How many of today's endpoints were known after each run that brought one. */
function growthOf({ endpoints }: Baseline): { run: number; endpoints: number }[] {
  const added = new Map<number, number>();
  for (const { firstRun } of Object.values(endpoints)) {
    added.set(firstRun, (added.get(firstRun) ?? 0) + 1);
  }
  let known = 0;
  return [...added]
    .sort(([one], [other]) => one - other)
    .map(([run, count]) => {
      known += count;
      return { run, endpoints: known };
    });
}
