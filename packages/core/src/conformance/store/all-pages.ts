import type { Page, PageQuery } from "../../contracts/page.js";
import { expectTrue } from "./expect.js";

/** Reads a list to its end in pages of `limit`. */
export async function allPages<T>(
  list: (page: PageQuery) => Promise<Page<T>>,
  limit: number,
): Promise<T[]> {
  const items: T[] = [];
  const seen = new Set<string>();
  let page = await list({ limit });
  for (;;) {
    expectTrue(page.items.length <= limit, `a page of ${limit} has ${page.items.length} items`);
    items.push(...page.items);
    if (page.next === undefined) return items;
    expectTrue(page.items.length > 0, "an empty page says that there are more");
    expectTrue(!seen.has(page.next), "a cursor comes back: the list would never end");
    seen.add(page.next);
    page = await list({ limit, cursor: page.next });
  }
}
