import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** An input that a parser once failed on. */
export interface Finding {
  parser: string;
  file: string;
  input: Buffer;
}

const folder = fileURLToPath(new URL("findings", import.meta.url));

/** Keeps an input for the tests. @returns the file */
export function keepFinding(parser: string, input: Buffer): string {
  mkdirSync(folder, { recursive: true });
  const digest = createHash("sha256").update(input).digest("hex").slice(0, 12);
  const file = join(folder, `${parser}-${digest}.bin`);
  writeFileSync(file, input);
  return file;
}

export function keptFindings(): Finding[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((file) => {
    const parser = file.split("-")[0] ?? "";
    return { parser, file, input: readFileSync(join(folder, file)) };
  });
}
