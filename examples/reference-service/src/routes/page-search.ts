import type { Context } from "hono";

/** Rows a page shows at once. */
export const pageRows = 50;

/** A cursor holds a key, and that may hold a name of an attacker's. */
export const maxCursorLength = 32_768;

/** Where a page's list begins; `name` where it has several. */
export function cursorOf(c: Context, name = "cursor"): { cursor?: string } {
  const cursor = c.req.query(name);
  return cursor ? { cursor: cursor.slice(0, maxCursorLength) } : {};
}

/** What is searched for. */
export function searchOf(c: Context): { search?: string } {
  const search = c.req.query("q")?.trim().slice(0, 512);
  return search ? { search } : {};
}
