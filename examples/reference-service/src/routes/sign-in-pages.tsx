import { Hono } from "hono";
import type { Guarded } from "../access/guard.js";
import type { Sessions } from "../access/sessions.js";
import { renderPage } from "../pages/render-page.js";
import { SignInPage } from "../pages/sign-in-page.js";
import { type RateLimit, rateLimit } from "./rate-limit.js";

/** Who tries tokens gets tired. */
const signInLimit: RateLimit = { burst: 20, perSecond: 0.2 };

/** The way in and out. */
export function signInPages(sessions: Sessions) {
  return new Hono<Guarded>()
    .get("/sign-in", (c) => {
      const ticket = c.req.query("ticket")?.slice(0, 512);
      const to = ownPath(c.req.query("to"));
      return renderPage(c, <SignInPage to={to} {...(ticket ? { ticket } : {})} />);
    })
    .post("/sign-in", rateLimit(signInLimit), async (c) => {
      const form = await c.req.formData();
      const to = ownPath(String(form.get("to") ?? ""));
      const name = String(form.get("name") ?? "").trim();
      const token = String(form.get("token") ?? "").trim();
      const isIn = name !== "" && (await sessions.signIn(c, token, name.slice(0, 100)));
      return isIn ? c.redirect(to, 303) : renderPage(c, <SignInPage to={to} isWrong />, 403);
    })
    .post("/sign-out", (c) => {
      sessions.signOut(c);
      return c.redirect("/sign-in", 303);
    });
}

/** A path of this service: a link must not lead elsewhere. */
function ownPath(to = "/"): string {
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(to) ? to : "/";
}
