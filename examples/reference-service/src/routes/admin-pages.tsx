import {
  decideOnFamily,
  isStraycallError,
  type Monitor,
  type Store,
  StraycallError,
} from "@straycall/core";
import { type Context, Hono } from "hono";
import { may } from "../access/access.js";
import type { ApiTokens } from "../access/api-tokens.js";
import { type Guarded, toSignIn } from "../access/guard.js";
import { baselinePath, detectionPath } from "../page-links.js";
import { NewSuppressionPage, type NewSuppressionPageProps } from "../pages/new-suppression-page.js";
import { renderPage } from "../pages/render-page.js";
import { SettingsPage } from "../pages/settings-page.js";
import { SuppressionsPage } from "../pages/suppressions-page.js";
import { TokensPage } from "../pages/tokens-page.js";
import { maxCursorLength } from "./page-search.js";
import { readSettingsForm } from "./settings-form.js";
import { draftFor, readDraft, requestOf } from "./suppression-form.js";

const limit = 50;

export interface AdminPagesOptions {
  monitor: Monitor;
  store: Store;
  tokens: ApiTokens;
}

/** The pages by which people change something, once they have signed in; complete without scripts. */
export function adminPageRoutes({ monitor, store, tokens }: AdminPagesOptions) {
  /** Does what only an admin may do. */
  const asAdmin =
    (work: (c: Context<Guarded>, who: string) => Promise<Response>) =>
    async (c: Context<Guarded>): Promise<Response> =>
      may(c.var.access, "admin") ? work(c, c.var.access.who) : toSignIn(c);

  const showSettings = async (c: Context, message?: string) => {
    const [settings, lastChange, notifiers, dead] = await Promise.all([
      monitor.settings.get(),
      monitor.settings.lastChange(),
      monitor.notifiers.states(),
      store.deliveries.find({ status: "dead", limit }),
    ]);
    const shown = { settings, lastChange, notifiers, dead: dead.items };
    return renderPage(c, <SettingsPage {...shown} {...(message ? { message } : {})} />);
  };

  const showDraft = (c: Context, props: NewSuppressionPageProps) =>
    renderPage(c, <NewSuppressionPage {...props} />, props.problem ? 400 : 200);

  return new Hono<Guarded>()
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
        const query = { limit, ...(cursor ? { cursor: cursor.slice(0, maxCursorLength) } : {}) };
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
    .post(
      "/baselines/:key/families",
      asAdmin(async (c) => {
        const key = c.req.param("key") ?? "";
        const form = await c.req.formData();
        const pattern = String(form.get("pattern") ?? "").slice(0, 1_024);
        const decided = String(form.get("decision"));
        const decision = decided === "approved" || decided === "refused" ? decided : undefined;
        await store.baselines.change(key, (before) => {
          if (before) return decideOnFamily(before, pattern, decision);
          throw new StraycallError("NOT_FOUND", "there is no such baseline");
        });
        return c.redirect(baselinePath(key), 303);
      }),
    )
    .get(
      "/tokens",
      asAdmin(async (c) => renderPage(c, <TokensPage tokens={await tokens.list()} />)),
    )
    .post(
      "/tokens",
      asAdmin(async (c, by) => {
        const form = await c.req.formData();
        const request = {
          name: form.get("name"),
          right: form.get("right"),
          repositories: String(form.get("repositories") ?? "")
            .split(/\s+/)
            .filter((each) => each !== ""),
        };
        try {
          const { token } = await tokens.create(request, by);
          return renderPage(c, <TokensPage tokens={await tokens.list()} made={token} />);
        } catch (error) {
          if (!isStraycallError(error, "CONFIG_INVALID")) throw error;
          const shown = {
            tokens: await tokens.list(),
            problem: `No token was made: ${error.message}.`,
          };
          return renderPage(c, <TokensPage {...shown} />, 400);
        }
      }),
    )
    .post(
      "/tokens/:id/end",
      asAdmin(async (c, by) => {
        await tokens.end(c.req.param("id") ?? "", by);
        return c.redirect("/tokens", 303);
      }),
    )
    .get(
      "/settings",
      asAdmin((c) => showSettings(c)),
    )
    .post(
      "/settings",
      asAdmin(async (c, by) => {
        try {
          await monitor.settings.change(readSettingsForm(await c.req.formData()), by);
          return c.redirect("/settings", 303);
        } catch (error) {
          if (!isStraycallError(error, "CONFIG_INVALID")) throw error;
          return showSettings(c, `Nothing was changed: ${error.message}.`);
        }
      }),
    )
    .post(
      "/settings/notifiers/:name/try",
      asAdmin(async (c) => {
        const name = c.req.param("name") ?? "";
        try {
          await monitor.notifiers.try(name);
          return await showSettings(c, `A test message was sent through ${name}.`);
        } catch (error) {
          if (!isStraycallError(error)) throw error;
          return showSettings(c, `The test message was not sent: ${error.message}.`);
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
