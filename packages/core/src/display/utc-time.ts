/** `2026-01-31 13:37:00 UTC`, of epoch milliseconds. */
export function utcTime(time: number): string {
  return `${new Date(time)
    .toISOString()
    .replace(/\.\d+Z$/, "")
    .replace("T", " ")} UTC`;
}
