import { closeSync, openSync, readSync } from "node:fs";

/** The start of a text file; nothing of one that cannot be read. */
export function readFirstBytes(file: string, limit: number): string {
  let fd: number | undefined;
  try {
    fd = openSync(file, "r");
    const bytes = Buffer.alloc(limit);
    return bytes.toString("latin1", 0, readSync(fd, bytes, 0, limit, 0));
  } catch {
    return "";
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
