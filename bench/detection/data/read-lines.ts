import { readFileSync } from "node:fs";
import type { z } from "zod";
import { InputError } from "./input-error.js";

/**
 * Reads a file of one JSON object a line; empty lines do not count.
 *
 * @throws InputError that names the file, the line and the field
 */
export function readLines<Row>(file: string, schema: z.ZodType<Row>): Row[] {
  return textOf(file)
    .split("\n")
    .flatMap((line, at) => {
      if (line.trim() === "") return [];
      return [rowOf(line, schema, `${file}:${at + 1}`)];
    });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new InputError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function rowOf<Row>(line: string, schema: z.ZodType<Row>, where: string): Row {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new InputError(`${where}: not JSON: ${(error as Error).message}`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") || "the line";
  throw new InputError(`${where}: ${field}: ${issue?.message ?? "is not as it should be"}`);
}
