import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { Hono } from "hono";
import { etag } from "hono/etag";

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

const css = "text/css; charset=utf-8";
const assets: Record<string, { type: string; content: string }> = {
  "base.css": { type: css, content: file("assets/base.css") },
  "tables.css": { type: css, content: file("assets/tables.css") },
  "marks.css": { type: css, content: file("assets/marks.css") },
  "forms.css": { type: css, content: file("assets/forms.css") },
  "pictures.css": { type: css, content: file("assets/pictures.css") },
  "icon.svg": { type: "image/svg+xml", content: file("assets/icon.svg") },
  "live-search.js": { type: "text/javascript; charset=utf-8", content: script("live-search.ts") },
};

/** What the browser runs is TypeScript, too: its types are taken off when the service starts. */
function script(name: string): string {
  return transformSync(file(`src/browser/${name}`), { loader: "ts", format: "esm" }).code;
}

/** The style sheets, the icon and the script: all that the pages load. */
export function assetRoutes() {
  const routes = new Hono().use(etag());
  for (const [name, { type, content }] of Object.entries(assets)) {
    routes.get(`/${name}`, (c) =>
      c.body(content, 200, { "Content-Type": type, "Cache-Control": "no-cache" }),
    );
  }
  return routes;
}
