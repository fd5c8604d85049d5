/** How much memory an output holds, roughly: its characters and bytes, and 8 for each thing. */
export function outputSize(value: unknown): number {
  if (typeof value === "string" || Buffer.isBuffer(value)) return 8 + value.length;
  if (value instanceof Map) return outputSize([...value.entries()]);
  if (typeof value !== "object" || value === null) return 8;
  return Object.values(value).reduce<number>((sum, each) => sum + outputSize(each), 8);
}
