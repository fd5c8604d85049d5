import { isStraycallError, type StraycallErrorCode } from "../../straycall-error.js";

/*
 * The few assertions that the suite needs: it must run in any test runner, so it uses none's.
 */

export function expectTrue(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

/** Compares plain data; a property that is undefined is as good as one that is not there. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  const actualText = canonicalJson(actual);
  const expectedText = canonicalJson(expected);
  if (actualText === expectedText) return;
  throw new Error(`${what}: expected ${shorten(expectedText)}, got ${shorten(actualText)}`);
}

/** The value, where the contract promises one. */
export function expectDefined<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what}: expected a value, got undefined`);
  return value;
}

export async function expectRejection(
  promise: Promise<unknown>,
  what: string,
  code?: StraycallErrorCode,
): Promise<void> {
  let error: unknown;
  try {
    await promise;
  } catch (thrown) {
    error = thrown ?? new Error("nothing");
  }
  if (error === undefined) throw new Error(`${what}: expected it to reject`);
  if (code !== undefined && !isStraycallError(error, code)) {
    throw new Error(`${what}: expected StraycallError ${code}, got ${error}`, { cause: error });
  }
}

/** JSON in which the order of an object's properties does not matter. */
function canonicalJson(value: unknown): string {
  const sorted = (_key: string, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part;
  return JSON.stringify(value, sorted) ?? "undefined";
}

const shorten = (text: string) => (text.length > 500 ? `${text.slice(0, 500)}...` : text);
