import { isStraycallError, readRetryAfter, StraycallError, visibleText } from "@straycall/core";

export interface PostOptions {
  headers?: Record<string, string>;
  idempotencyKey: string;
  signal: AbortSignal;
  timeoutMs: number;
  /** What no error message may show. */
  secrets: readonly string[];
}

/** As much of a refusal as an error message shows. */
const maxAnswerLength = 300;
/** Slack's answers are small. */
const maxBodyLength = 65_536;

/** Posts JSON to Slack and answers with what came back. Throws NOTIFY_FAILED, without a secret in it. */
export async function postJson(url: URL, body: unknown, options: PostOptions): Promise<string> {
  const { headers, idempotencyKey, signal, timeoutMs, secrets } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        "idempotency-key": headerValue(idempotencyKey),
        ...headers,
      },
      body: JSON.stringify(body),
      // A redirect would hand the message, and the secret with it, to somebody else.
      redirect: "manual",
      signal: AbortSignal.any([signal, timeout]),
    });
    const answer = await beginningOf(response.body);
    if (response.ok) return answer;
    const why = refusalText(`Slack answered ${response.status}`, answer, secrets);
    const retryAfterMs = readRetryAfter(response.headers.get("retry-after"));
    throw new StraycallError("NOTIFY_FAILED", why, { retryAfterMs });
  } catch (error) {
    if (isStraycallError(error)) throw error;
    throw new StraycallError("NOTIFY_FAILED", failureText(error, signal, timeout, timeoutMs), {
      cause: error,
    });
  }
}

/** What Slack said, shortened, made visible, and without the secrets: some servers quote what they do not know. */
export function refusalText(status: string, answer: string, secrets: readonly string[]): string {
  const masked = secrets.reduce((text, secret) => text.replaceAll(secret, "***"), answer);
  const shown = visibleText(masked.trim(), maxAnswerLength);
  return shown === "" ? status : `${status}: ${shown}`;
}

async function beginningOf(body: Response["body"]): Promise<string> {
  if (body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > maxBodyLength) break;
  }
  return text;
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
