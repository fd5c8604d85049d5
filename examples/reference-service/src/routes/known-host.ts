import { createMiddleware } from "hono/factory";

const ownNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * While reading needs no sign-in, only this machine's own names and the public one open what there is to read:
 * else a web page anywhere could point a name of its own at 127.0.0.1 and read it through a visitor's browser
 * (DNS rebinding).
 */
export function knownHost(publicUrl: string) {
  const known = new Set([...ownNames, new URL(publicUrl).hostname]);
  return createMiddleware(async (c, next) => {
    if (known.has(new URL(c.req.url).hostname)) return next();
    return c.text("This service does not answer to that name: set STRAYCALL_PUBLIC_URL.\n", 421);
  });
}
