import { createHash, timingSafeEqual } from "node:crypto";
import { createMiddleware } from "hono/factory";
import { apiError } from "./api-error.js";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Lets through who sends `Authorization: Bearer TOKEN` (RFC 6750). */
export function bearerToken(token: string) {
  const expected = digest(token);
  return createMiddleware(async (c, next) => {
    const [, sent] = /^Bearer +(\S+) *$/i.exec(c.req.header("authorization") ?? "") ?? [];
    // Digests have one length, so comparing them takes one time whatever was sent.
    if (sent !== undefined && timingSafeEqual(digest(sent), expected)) return next();
    c.header("WWW-Authenticate", 'Bearer realm="straycall"');
    return apiError(c, 401, {
      code: "UNAUTHORIZED",
      message: "send the ingest token as `Authorization: Bearer TOKEN`",
    });
  });
}
