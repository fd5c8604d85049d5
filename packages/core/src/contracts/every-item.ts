import type { Page, PageQuery } from "./page.js";

/** Goes through a paged list to its end. */
export async function* everyItem<T>(
  list: (query: PageQuery) => Promise<Page<T>>,
): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const page = await list({ limit: 1000, ...(cursor === undefined ? {} : { cursor }) });
    yield* page.items;
    cursor = page.next;
  } while (cursor !== undefined);
}
