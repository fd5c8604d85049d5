import type { Page, PageQuery } from "@straycall/core";
import { StraycallError } from "@straycall/core";

/** Where an item stands in its list: by a number, then by a text that no two items share. */
export type Position = readonly [number, string];

const defaultLimit = 50;
const maxLimit = 1000;

/** How many rows to ask for: one more than are shown tells whether there is a next page. */
export function rowsForPage({ limit = defaultLimit }: PageQuery): number {
  return Math.max(1, Math.min(limit, maxLimit)) + 1;
}

/** Makes the page of the rows that {@link rowsForPage} had asked for. */
export function pageOf<T>(
  rows: readonly T[],
  query: PageQuery,
  positionOf: (item: T) => Position,
): Page<T> {
  const items = rows.slice(0, rowsForPage(query) - 1);
  const last = items.at(-1);
  const isEnd = last === undefined || items.length === rows.length;
  return { items, ...(isEnd ? {} : { next: JSON.stringify(positionOf(last)) }) };
}

/** The position after which a page begins, `start` for the first page. Throws CONFIG_INVALID. */
export function positionAfter({ cursor }: PageQuery, start: Position): Position {
  if (cursor === undefined) return start;
  try {
    const [number, text] = JSON.parse(cursor);
    if (Number.isFinite(number) && typeof text === "string") return [number, text];
  } catch {
    // Refused below, like every other text that is no cursor.
  }
  throw new StraycallError("CONFIG_INVALID", "the cursor is not one of this list", {
    field: "cursor",
  });
}
