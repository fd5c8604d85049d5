import { inspect } from "node:util";
import { isStraycallError } from "@straycall/core";
import { expect } from "vitest";

/** Waits for a delivery to fail with NOTIFY_FAILED, and answers the error. */
export async function deliveryFailure(delivery: Promise<unknown>): Promise<Error> {
  const error = await delivery.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isStraycallError(error, "NOTIFY_FAILED")) expect.fail(`not refused: ${inspect(error)}`);
  return error;
}
