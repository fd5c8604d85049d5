/**
 * Writes an idempotency key as the value of a header: printable ASCII, the rest percent-encoded, at most 512 characters.
 * Notifiers' names are plain, so that only concerns keys that were made elsewhere.
 */
export function idempotencyHeader(key: string): string {
  return key
    .toWellFormed()
    .replace(/[^\x21-\x7e]/gu, encodeURIComponent)
    .slice(0, 512);
}
