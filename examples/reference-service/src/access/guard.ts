import type { Monitor, Store } from "@straycall/core";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { apiError } from "../routes/api-error.js";
import { type Access, may, type Right } from "./access.js";
import type { Authority } from "./authority.js";
import { type Reader, readerOf } from "./reader.js";
import type { Sessions } from "./sessions.js";

/** What every route finds in its context. */
export interface Guarded {
  Variables: { access: Access; reader: Reader };
}

/** What needs no sign-in: the way to sign in, and what pages are drawn with. */
const isOpen = (path: string) =>
  path === "/sign-in" || path === "/sign-out" || path.startsWith("/assets/");

export interface GuardOptions {
  monitor: Monitor;
  store: Store;
  authority: Authority;
  sessions: Sessions;
}

/**
 * Stands before every route, also one that somebody adds tomorrow: lets nobody in who has not signed in, or sends no
 * token.
 *
 * A token opens the API; a session the pages, and what the API reads.
 */
export function guard({ monitor, store, authority, sessions }: GuardOptions) {
  const accessOf = async (c: Context): Promise<Access | undefined> => {
    const isApi = c.req.path.startsWith("/api/");
    const sent = bearerOf(c);
    if (isApi && sent !== undefined) return (await authority.ofToken(sent))?.access;
    // A form elsewhere could send the cookie along: it changes nothing by the API.
    return isApi && c.req.method !== "GET" ? undefined : sessions.accessOf(c);
  };

  return createMiddleware<Guarded>(async (c, next) => {
    if (isOpen(c.req.path)) return next();
    c.header("Cache-Control", "no-store");
    const access = await accessOf(c);
    if (access === undefined) return refused(c);
    c.set("access", access);
    c.set("reader", readerOf(monitor, store, access.repositories));
    return next();
  });
}

/** Lets through who may do this. */
export function needs(right: Right) {
  return createMiddleware<Guarded>(async (c, next) => {
    if (may(c.var.access, right)) return next();
    const message = `this needs the right: ${right}`;
    if (c.req.path.startsWith("/api/")) return apiError(c, 403, { code: "FORBIDDEN", message });
    return toSignIn(c);
  });
}

/** RFC 6750. */
function bearerOf(c: Context): string | undefined {
  return /^Bearer +(\S{1,1024}) *$/i.exec(c.req.header("authorization") ?? "")?.[1];
}

function refused(c: Context) {
  if (!c.req.path.startsWith("/api/")) return toSignIn(c);
  c.header("WWW-Authenticate", 'Bearer realm="straycall"');
  return apiError(c, 401, {
    code: "UNAUTHORIZED",
    message: "send a token as `Authorization: Bearer TOKEN`",
  });
}

/** The way to the page that was asked for, by way of signing in. */
export function toSignIn(c: Context) {
  const { pathname, search } = new URL(c.req.url);
  const to = c.req.method === "GET" ? pathname + search : "/";
  return c.redirect(`/sign-in?to=${encodeURIComponent(to)}`, 303);
}
