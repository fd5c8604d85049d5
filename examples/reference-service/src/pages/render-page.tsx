import type { Context } from "hono";
import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Access } from "../access/access.js";
import { SignedIn } from "./signed-in.js";

/** Answers with a whole page. */
export function renderPage(c: Context, page: Child, status: ContentfulStatusCode = 200) {
  const access = c.get("access") as Access | undefined;
  const whole = <SignedIn.Provider value={access}>{page}</SignedIn.Provider>;
  return c.html(html`<!doctype html>${whole}`, status);
}
