import {
  type Baseline,
  decideOnFamily,
  type Monitor,
  type Store,
  StraycallError,
} from "@straycall/core";
import { z } from "zod";
import type { ApiTokens } from "../access/api-tokens.js";
import { tokenRequestSchema } from "../access/api-tokens.js";
import { type ApiRoute, apiRoute } from "./api-route.js";
import { pageOf, pageQuery } from "./queries.js";

const by = z.string().max(200).optional().describe("Who did it; the token's name if unset.");
/** The monitor checks it, and names the field that is wrong. */
const checkedLater = z.looseObject({ by });
const signed = z.object({ by });

export interface AdminRoutesOptions {
  monitor: Monitor;
  store: Store;
  tokens: ApiTokens;
}

/** What changes something, and what tells of notifiers and tokens. */
export function adminRoutes({ monitor, store, tokens }: AdminRoutesOptions): ApiRoute[] {
  const { suppressions, settings, notifiers } = monitor;
  return [
    apiRoute({
      method: "post",
      path: "/detections/{id}/review",
      summary: "Takes down that somebody looked at a detection.",
      needs: "admin",
      body: checkedLater.describe("`{ action, by, note }`; action: acknowledge, resolve, reopen."),
      answers: { one: "Detection" },
      handle: ({ param, body, who }) => monitor.review(param("id"), { by: who, ...body } as never),
    }),
    apiRoute({
      method: "get",
      path: "/suppressions",
      summary: "The rules that keep detections quiet, also those that have ended.",
      needs: "admin",
      query: pageQuery,
      answers: { pageOf: "Suppression" },
      handle: ({ query }) => suppressions.list(pageOf(query)),
    }),
    apiRoute({
      method: "post",
      path: "/suppressions",
      summary: "Adds a rule, and answers with how many detections it keeps quiet.",
      needs: "admin",
      body: checkedLater.describe("`{ match, reason, by, expiresAt, force }`"),
      answers: { schema: { type: "object" } },
      handle: ({ body, who }) => suppressions.add({ by: who, ...body } as never),
    }),
    apiRoute({
      method: "post",
      path: "/suppressions/preview",
      summary: "What a rule would have matched; adds nothing.",
      needs: "admin",
      body: z.looseObject({}).describe("`{ match, force }`"),
      answers: { one: "SuppressionPreview" },
      handle: ({ body }) => suppressions.preview(body as never),
    }),
    apiRoute({
      method: "post",
      path: "/suppressions/{id}/end",
      summary: "Ends a rule: what it kept quiet is new again.",
      needs: "admin",
      body: signed,
      answers: { schema: { type: "object" } },
      handle: ({ param, body, who }) => suppressions.end(param("id"), body.by ?? who),
    }),
    apiRoute({
      method: "post",
      path: "/baselines/{key}/families",
      summary: "Decides on a family of a job: its next member is expected, or none is.",
      needs: "admin",
      body: z.object({
        pattern: z.string().min(1).max(1_024),
        decision: z.enum(["approved", "refused"]).optional().describe("Unset: taken back."),
      }),
      answers: { schema: { type: "object" } },
      async handle({ param, body: { pattern, decision } }) {
        const known = (before: Baseline | undefined): Baseline => {
          if (before) return decideOnFamily(before, pattern, decision);
          throw new StraycallError("NOT_FOUND", "there is no such baseline");
        };
        const { families = {} } = await store.baselines.change(param("key"), known);
        return { families };
      },
    }),
    apiRoute({
      method: "get",
      path: "/settings/notifications",
      summary: "What is told, how soon, and where to.",
      needs: "admin",
      answers: { schema: { type: "object" } },
      handle: async () => ({
        settings: await settings.get(),
        lastChange: await settings.lastChange(),
      }),
    }),
    apiRoute({
      method: "patch",
      path: "/settings/notifications",
      summary: "Changes what is told; fields that are left out stay.",
      needs: "admin",
      body: checkedLater,
      answers: { one: "NotificationSettings" },
      handle: ({ body: { by: given, ...change }, who }) =>
        settings.change(change as never, given ?? who),
    }),
    apiRoute({
      method: "get",
      path: "/notifiers",
      summary: "The notifiers, and what each has delivered.",
      needs: "admin",
      answers: {
        schema: { type: "array", items: { $ref: "#/components/schemas/NotifierState" } },
      },
      handle: () => notifiers.states(),
    }),
    apiRoute({
      method: "post",
      path: "/notifiers/{name}/try",
      summary: "Sends a test message.",
      needs: "admin",
      answers: { schema: { type: "object" } },
      async handle({ param }) {
        await notifiers.try(param("name"));
        return { delivered: true };
      },
    }),
    apiRoute({
      method: "get",
      path: "/deliveries",
      summary: "Deliveries that were given up.",
      needs: "admin",
      query: pageQuery,
      answers: { pageOf: "Delivery" },
      handle: ({ query }) => store.deliveries.find({ ...pageOf(query), status: "dead" }),
    }),
    apiRoute({
      method: "post",
      path: "/deliveries/{id}/revive",
      summary: "Tries a delivery again that was given up.",
      needs: "admin",
      answers: { schema: { type: "object" } },
      handle: async ({ param }) => ({ revived: await notifiers.revive(param("id")) }),
    }),
    apiRoute({
      method: "get",
      path: "/tokens",
      summary: "The tokens that people made, without what opens anything.",
      needs: "admin",
      answers: { schema: { type: "object" } },
      handle: async () => ({ items: await tokens.list() }),
    }),
    apiRoute({
      method: "post",
      path: "/tokens",
      summary: "Makes a token; its text is told here and never again.",
      needs: "admin",
      body: tokenRequestSchema,
      answers: { schema: { type: "object" } },
      handle: ({ body, who }) => tokens.create(body, who),
    }),
    apiRoute({
      method: "post",
      path: "/tokens/{id}/end",
      summary: "Ends a token, and the sessions that it began.",
      needs: "admin",
      body: signed,
      answers: { schema: { type: "object" } },
      async handle({ param, body, who }) {
        await tokens.end(param("id"), body.by ?? who);
        return { ended: true };
      },
    }),
  ];
}
