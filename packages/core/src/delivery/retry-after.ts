/** However long a receiver wants to be left alone, it is asked again after a day. */
const longestMs = 86_400_000;

/**
 * Reads a `Retry-After` header: seconds, or a date (RFC 9110, section 10.2.3). Answers with milliseconds, at most a day;
 * `undefined` if there is none that can be read.
 */
export function readRetryAfter(
  header: string | null | undefined,
  now: number = Date.now(),
): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,15}(\.\d{1,9})?$/.test(text)) return Math.min(Number(text) * 1_000, longestMs);
  // A date has a day's name in it; what else Date would make a date of is none.
  const date = /^[A-Z][a-z]{2,8}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.min(Math.max(0, date - now), longestMs);
}
