import { isStraycallError, StraycallError, visibleText } from "@straycall/core";
import type { SlackMessage } from "./render-message.js";

export interface PostOptions {
  idempotencyKey: string;
  signal: AbortSignal;
  timeoutMs: number;
}

/** As much of a refusal as an error message shows. */
const maxAnswerLength = 300;

/** Posts a message and returns when Slack has it. Throws NOTIFY_FAILED, without the webhook's address in it. */
export async function postToWebhook(
  webhook: URL,
  message: SlackMessage,
  { idempotencyKey, signal, timeoutMs }: PostOptions,
): Promise<void> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(webhook, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        "idempotency-key": headerValue(idempotencyKey),
      },
      body: JSON.stringify(message),
      // A redirect would hand the message, and the secret in the path, to somebody else.
      redirect: "manual",
      signal: AbortSignal.any([signal, timeout]),
    });
    if (!response.ok) throw await refusal(response, webhook);
    await response.body?.cancel();
  } catch (error) {
    if (isStraycallError(error)) throw error;
    throw new StraycallError("NOTIFY_FAILED", failureText(error, signal, timeout, timeoutMs), {
      cause: error,
    });
  }
}

async function refusal(response: Response, webhook: URL): Promise<StraycallError> {
  const answer = await beginningOf(response.body);
  // Some servers quote the path they do not know.
  const shown = visibleText(withoutSecret(answer, webhook).trim(), maxAnswerLength);
  const status = `Slack answered ${response.status}`;
  return new StraycallError("NOTIFY_FAILED", shown === "" ? status : `${status}: ${shown}`);
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

/** Masks what makes the address a secret: the long parts of its path and query. */
function withoutSecret(answer: string, { pathname, search }: URL): string {
  const parts = `${pathname}${search}`.split(/[/?&=]/).filter((part) => part.length >= 8);
  return parts.reduce((masked, part) => masked.replaceAll(part, "***"), answer);
}

function failureText(
  error: unknown,
  signal: AbortSignal,
  timeout: AbortSignal,
  timeoutMs: number,
): string {
  if (signal.aborted) return "gave up before Slack answered";
  if (timeout.aborted) return `Slack did not answer within ${timeoutMs} ms`;
  return `Slack cannot be reached: ${visibleText(networkReason(error), maxAnswerLength)}`;
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
