/** A header field. What is undefined came up before the reader did, and is only pointed at. */
export interface HeaderField {
  name: string | undefined;
  value: string | undefined;
}

/** Bytes that a field counts for (RFC 7541, 4.1). */
export function fieldSize({ name = "", value = "" }: HeaderField): number {
  return 32 + name.length + value.length;
}

export function isKnownField({ name, value }: HeaderField): boolean {
  return name !== undefined && value !== undefined;
}
