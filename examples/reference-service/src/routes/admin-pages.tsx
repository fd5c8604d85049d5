import { isStraycallError, type Monitor, type Store } from "@straycall/core";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { detectionPath } from "../page-links.js";
import { NewSuppressionPage, type NewSuppressionPageProps } from "../pages/new-suppression-page.js";
import { renderPage } from "../pages/render-page.js";
import { SettingsPage } from "../pages/settings-page.js";
import { SignInPage } from "../pages/sign-in-page.js";
import { SuppressionsPage } from "../pages/suppressions-page.js";
import type { AdminSessions } from "./admin-session.js";
import { readSettingsForm } from "./settings-form.js";
import { draftFor, readDraft, requestOf } from "./suppression-form.js";

const limit = 50;
const maxFormSize = 262_144;

export interface AdminPagesOptions {
  monitor: Monitor;
  store: Store;
  sessions: AdminSessions;
  publicUrl: string;
}

/** The pages by which people change something, once they have signed in; complete without scripts. */
export function adminPageRoutes({ monitor, store, sessions, publicUrl }: AdminPagesOptions) {
  const ownOrigin = new URL(publicUrl).origin;
  const sameOrigin = csrf({
    origin: (origin, c) => origin === ownOrigin || origin === new URL(c.req.url).origin,
  });

  /** Does what only who has signed in may do. */
  const asAdmin =
    (work: (c: Context, who: string) => Promise<Response>) =>
    async (c: Context): Promise<Response> => {
      c.header("Cache-Control", "no-store");
      const who = sessions.who(c);
      if (who !== undefined) return work(c, who);
      const to = c.req.method === "GET" ? c.req.path : "/";
      return c.redirect(`/sign-in?to=${encodeURIComponent(to)}`, 303);
    };

  const showSettings = async (c: Context, who: string, message?: string) => {
    const [settings, lastChange, notifiers, dead] = await Promise.all([
      monitor.settings.get(),
      monitor.settings.lastChange(),
      monitor.notifiers.states(),
      store.deliveries.find({ status: "dead", limit }),
    ]);
    const shown = { settings, lastChange, notifiers, dead: dead.items, who };
    return renderPage(c, <SettingsPage {...shown} {...(message ? { message } : {})} />);
  };

  const showDraft = (c: Context, props: NewSuppressionPageProps) =>
    renderPage(c, <NewSuppressionPage {...props} />, props.problem ? 400 : 200);

  return new Hono()
    .use(bodyLimit({ maxSize: maxFormSize }), sameOrigin)
    .get("/sign-in", (c) => renderPage(c, <SignInPage to={ownPath(c.req.query("to"))} />))
    .post("/sign-in", async (c) => {
      const form = await c.req.formData();
      const to = ownPath(String(form.get("to") ?? ""));
      const name = String(form.get("name") ?? "").trim();
      const token = String(form.get("token") ?? "").trim();
      const isIn = name !== "" && sessions.signIn(c, token, name.slice(0, 100));
      return isIn ? c.redirect(to, 303) : renderPage(c, <SignInPage to={to} isWrong />, 403);
    })
    .post("/sign-out", (c) => {
      sessions.signOut(c);
      return c.redirect("/", 303);
    })
    .post(
      "/detections/:id/review",
      asAdmin(async (c, by) => {
        const id = c.req.param("id") ?? "";
        const form = await c.req.formData();
        const action = String(form.get("action")) as "acknowledge";
        await monitor.review(id, { action, by, note: String(form.get("note") ?? "") });
        return c.redirect(detectionPath(id), 303);
      }),
    )
    .get(
      "/suppressions",
      asAdmin(async (c, who) => {
        const cursor = c.req.query("cursor");
        const query = { limit, ...(cursor ? { cursor: cursor.slice(0, 1024) } : {}) };
        const rules = await monitor.suppressions.list(query);
        return renderPage(c, <SuppressionsPage rules={rules} who={who} now={Date.now()} />);
      }),
    )
    .get(
      "/suppressions/new",
      asAdmin(async (c) => {
        const detection = await store.detections.get(c.req.query("detection") ?? "");
        return showDraft(c, { draft: draftFor(detection) });
      }),
    )
    .post(
      "/suppressions/new",
      asAdmin(async (c, by) => {
        const form = await c.req.formData();
        const draft = readDraft(form);
        const request = requestOf(draft, by, Date.now());
        try {
          if (form.get("do") === "add") {
            await monitor.suppressions.add(request);
            return c.redirect("/suppressions", 303);
          }
          const { match, force } = request;
          const asked = { match, ...(force ? { force } : {}) };
          return showDraft(c, { draft, preview: await monitor.suppressions.preview(asked) });
        } catch (error) {
          if (!isStraycallError(error, "CONFIG_INVALID")) throw error;
          return showDraft(c, { draft, problem: error.message });
        }
      }),
    )
    .post(
      "/suppressions/:id/end",
      asAdmin(async (c, by) => {
        await monitor.suppressions.end(c.req.param("id") ?? "", by);
        return c.redirect("/suppressions", 303);
      }),
    )
    .get("/settings", asAdmin(showSettings))
    .post(
      "/settings",
      asAdmin(async (c, by) => {
        try {
          await monitor.settings.change(readSettingsForm(await c.req.formData()), by);
          return c.redirect("/settings", 303);
        } catch (error) {
          if (!isStraycallError(error, "CONFIG_INVALID")) throw error;
          return showSettings(c, by, `Nothing was changed: ${error.message}.`);
        }
      }),
    )
    .post(
      "/settings/notifiers/:name/try",
      asAdmin(async (c, who) => {
        const name = c.req.param("name") ?? "";
        try {
          await monitor.notifiers.try(name);
          return await showSettings(c, who, `A test message was sent through ${name}.`);
        } catch (error) {
          if (!isStraycallError(error)) throw error;
          return showSettings(c, who, `The test message was not sent: ${error.message}.`);
        }
      }),
    )
    .post(
      "/settings/deliveries/:id/revive",
      asAdmin(async (c) => {
        await monitor.notifiers.revive(c.req.param("id") ?? "");
        return c.redirect("/settings", 303);
      }),
    );
}

/** A path of this service: a link must not lead elsewhere. */
function ownPath(to = "/"): string {
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(to) ? to : "/";
}
