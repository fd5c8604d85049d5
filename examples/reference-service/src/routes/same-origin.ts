import { csrf } from "hono/csrf";

/** Refuses forms that a page elsewhere sends along with a visitor's session. */
export function sameOrigin(publicUrl: string) {
  const ownOrigin = new URL(publicUrl).origin;
  return csrf({
    origin: (origin, c) => origin === ownOrigin || origin === new URL(c.req.url).origin,
  });
}
