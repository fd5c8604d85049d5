import type { Page, PageQuery } from "@straycall/core";
import type { Context } from "hono";
import { stream } from "hono/streaming";

/** A column of a CSV export. */
export interface Column<T> {
  name: string;
  value(item: T): string | number | undefined;
}

export interface ExportedList<T> {
  format: "json" | "ndjson" | "csv" | undefined;
  page: PageQuery;
  list(page: PageQuery): Promise<Page<T>>;
  /** Of the file, without its ending. */
  name: string;
  columns: readonly Column<T>[];
}

/** Answers with a page of a list, or all of it as lines, as they are read. */
export async function listAnswer<T>(c: Context, list: ExportedList<T>): Promise<Response> {
  const { format = "json", page, name, columns } = list;
  if (format === "json") return c.json(await list.list(page));
  const isCsv = format === "csv";
  c.header("Content-Type", isCsv ? "text/csv; charset=utf-8" : "application/x-ndjson");
  c.header("Content-Disposition", `attachment; filename="${name}.${format}"`);
  // What is wrong with the query is answered before anything is sent.
  let slice = await list.list({ ...page, limit: 1000 });
  return stream(c, async (out) => {
    if (isCsv) await out.write(csvLine(columns.map((column) => column.name)));
    for (;;) {
      const lines = slice.items.map((item) =>
        isCsv ? csvLine(columns.map(({ value }) => value(item))) : `${JSON.stringify(item)}\n`,
      );
      await out.write(lines.join(""));
      if (slice.next === undefined || out.aborted) return;
      slice = await list.list({ ...page, limit: 1000, cursor: slice.next });
    }
  });
}

/** RFC 4180. */
const csvLine = (cells: readonly (string | number | undefined)[]): string =>
  `${cells.map(csvCell).join(",")}\r\n`;

/**
 * A cell that a spreadsheet takes as text: one that begins like a formula gets an apostrophe before it
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
function csvCell(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what no file should hold.
  return `"${text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "\ufffd").replaceAll('"', '""')}"`;
}
