import {
  idempotencyHeader,
  isStraycallError,
  networkReason,
  readAnswer,
  readRetryAfter,
  StraycallError,
  visibleText,
} from "@straycall/core";
import type { CheckedOptions } from "./check-options.js";
import { sign } from "./sign.js";

/** As much of a refusal as an error message shows. */
const maxAnswerLength = 300;

/** Posts JSON, signed at this moment. Throws NOTIFY_FAILED, without the address or a header's value in it. */
export async function postSigned(
  value: unknown,
  idempotencyKey: string,
  signal: AbortSignal,
  { url, keys, headers, timeoutMs }: CheckedOptions,
): Promise<void> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const body = JSON.stringify(value);
  const id = idempotencyHeader(idempotencyKey);
  const timestamp = Math.floor(Date.now() / 1_000);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        ...headers,
        "content-type": "application/json; charset=utf-8",
        "webhook-id": id,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": keys.map((key) => sign({ id, timestamp, body }, key)).join(" "),
      },
      body,
      // A redirect would hand everything to somebody else.
      redirect: "manual",
      signal: AbortSignal.any([signal, timeout]),
    });
    if (!response.ok) throw await refusal(response, [url.href, ...Object.values(headers)]);
    await response.body?.cancel();
  } catch (error) {
    if (isStraycallError(error)) throw error;
    throw new StraycallError("NOTIFY_FAILED", failureText(error, signal, timeout, timeoutMs), {
      cause: error,
    });
  }
}

async function refusal(response: Response, secrets: readonly string[]): Promise<StraycallError> {
  const answer = await readAnswer(response.body, 4 * maxAnswerLength);
  const masked = secrets
    .filter((secret) => secret.length >= 8)
    .reduce((text, secret) => text.replaceAll(secret, "***"), answer);
  const shown = visibleText(masked.trim(), maxAnswerLength);
  const status = `the receiver answered ${response.status}`;
  return new StraycallError("NOTIFY_FAILED", shown === "" ? status : `${status}: ${shown}`, {
    retryAfterMs: readRetryAfter(response.headers.get("retry-after")),
  });
}

function failureText(
  error: unknown,
  signal: AbortSignal,
  timeout: AbortSignal,
  timeoutMs: number,
): string {
  if (signal.aborted) return "gave up before the receiver answered";
  if (timeout.aborted) return `the receiver did not answer within ${timeoutMs} ms`;
  return `the receiver cannot be reached: ${visibleText(networkReason(error), maxAnswerLength)}`;
}
