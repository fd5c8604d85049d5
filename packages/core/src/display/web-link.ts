const maxLength = 2048;

/**
 * Checks a link before it is shown: a web address without a user name, in the URL standard's own spelling
 * (so without line breaks, spaces, quotes or angle brackets), of at most 2,048 characters.
 *
 * Answers `undefined` for anything else: some links come from agents. `https://github.com@evil.example/` is
 * refused, as it looks like what it is not.
 */
export function webLink(text: string | undefined): string | undefined {
  if (text === undefined || text.length > maxLength || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  if (!isWeb || url.username !== "" || url.password !== "") return undefined;
  return url.href.length > maxLength ? undefined : url.href;
}
