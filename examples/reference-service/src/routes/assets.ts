import { readFileSync } from "node:fs";
import { Hono } from "hono";
import { etag } from "hono/etag";

const types = {
  "base.css": "text/css; charset=utf-8",
  "tables.css": "text/css; charset=utf-8",
  "marks.css": "text/css; charset=utf-8",
  "forms.css": "text/css; charset=utf-8",
  "icon.svg": "image/svg+xml",
};

/** The style sheets and the icon: all that the pages load. */
export function assetRoutes() {
  const routes = new Hono().use(etag());
  for (const [name, type] of Object.entries(types)) {
    const content = readFileSync(new URL(`../../assets/${name}`, import.meta.url), "utf8");
    routes.get(`/${name}`, (c) =>
      c.body(content, 200, { "Content-Type": type, "Cache-Control": "no-cache" }),
    );
  }
  return routes;
}
