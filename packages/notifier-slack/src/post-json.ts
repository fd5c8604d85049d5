import {
  idempotencyHeader,
  isStraycallError,
  networkReason,
  readAnswer,
  readRetryAfter,
  StraycallError,
  visibleText,
} from "@straycall/core";

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
        "idempotency-key": idempotencyHeader(idempotencyKey),
        ...headers,
      },
      body: JSON.stringify(body),
      // A redirect would hand the message, and the secret with it, to somebody else.
      redirect: "manual",
      signal: AbortSignal.any([signal, timeout]),
    });
    const answer = await readAnswer(response.body, maxBodyLength);
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
