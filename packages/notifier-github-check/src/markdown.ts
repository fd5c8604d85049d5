import { webLink } from "@straycall/core";

/**
 * Sets a text as code in GitHub's Markdown, also in a table's cell.
 *
 * Every character that could mean something is written as a number (CommonMark 0.31, section 2.5: such a character is
 * never structure), and within `code` GitHub makes no mentions, issue links or emoji of what is left.
 */
export function codeText(text: string): string {
  const plain = text.replace(/[^A-Za-z0-9 ]/gu, (found) => {
    const point = found.codePointAt(0) ?? 0;
    return point < 128 ? `&#${point};` : found;
  });
  return `<code>${plain}</code>`;
}

/** Links finished Markdown to a page, if that is one. */
export function markdownLink(markdown: string, page: string | undefined): string {
  const link = webLink(page);
  return link
    ? `<a href="${link.replaceAll("&", "&amp;").replaceAll('"', "%22")}">${markdown}</a>`
    : markdown;
}
