import type { Page, PageQuery } from "../contracts/page.js";
import { StraycallError } from "../straycall-error.js";

/** Where an item stands in its list: sorted by the number, then by the text, which no two items share. */
export type Position = readonly [number, string];

const defaultLimit = 50;
const maxLimit = 1000;

/** Cuts the page out of a list; the cursor is the position of the last item shown. */
export function pageOf<T>(
  items: readonly T[],
  positionOf: (item: T) => Position,
  { cursor, limit = defaultLimit }: PageQuery,
): Page<T> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rest = items
    .filter((item) => after === undefined || compare(positionOf(item), after) > 0)
    .sort((a, b) => compare(positionOf(a), positionOf(b)));
  const shown = rest.slice(0, Math.max(1, Math.min(limit, maxLimit)));
  const last = shown.at(-1);
  const isEnd = last === undefined || shown.length === rest.length;
  return { items: shown, ...(isEnd ? {} : { next: JSON.stringify(positionOf(last)) }) };
}

function compare([numberA, textA]: Position, [numberB, textB]: Position): number {
  if (numberA !== numberB) return numberA - numberB;
  if (textA === textB) return 0;
  return textA < textB ? -1 : 1;
}

function readCursor(cursor: string): Position {
  try {
    const [number, text] = JSON.parse(cursor);
    if (typeof number === "number" && typeof text === "string") return [number, text];
  } catch {
    // Refused below, like every other text that is no cursor.
  }
  throw new StraycallError("CONFIG_INVALID", "the cursor is not one of this list", {
    field: "cursor",
  });
}
