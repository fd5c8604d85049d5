import { isStraycallError, readRetryAfter, StraycallError, visibleText } from "@straycall/core";
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
  const id = headerValue(idempotencyKey);
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
  const answer = await beginningOf(response.body);
  const masked = secrets
    .filter((secret) => secret.length >= 8)
    .reduce((text, secret) => text.replaceAll(secret, "***"), answer);
  const shown = visibleText(masked.trim(), maxAnswerLength);
  const status = `the receiver answered ${response.status}`;
  return new StraycallError("NOTIFY_FAILED", shown === "" ? status : `${status}: ${shown}`, {
    retryAfterMs: readRetryAfter(response.headers.get("retry-after")),
  });
}

async function beginningOf(body: Response["body"]): Promise<string> {
  if (body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > 4 * maxAnswerLength) break;
  }
  return text;
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

/** `fetch failed` says nothing; what lies behind it does: `ECONNREFUSED`. */
function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return cause.message || ("code" in cause ? String(cause.code) : cause.name);
}

/** Header values are printable ASCII; the rest is percent-encoded. */
function headerValue(key: string): string {
  return key
    .toWellFormed()
    .replace(/[^\x21-\x7e]/gu, encodeURIComponent)
    .slice(0, 512);
}
