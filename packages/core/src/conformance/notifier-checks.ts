import { check, inTime } from "./check.js";
import type { ReceivedMessage } from "./notifier-receiver.js";

/** Controls other than line breaks and tabs, and what reorders text (Unicode's `Bidi_Control`). */
const hidden = /(?![\n\r\t])[\p{Cc}\p{Bidi_Control}]/u;

export function checkTells(message: ReceivedMessage, words: string, what: string): void {
  const isTold = message.text.toLowerCase().includes(words.toLowerCase());
  check(isTold, `the message does not tell ${what} (${words}):\n${message.text.slice(0, 2_000)}`);
}

export function checkVisible({ text }: ReceivedMessage): void {
  const found = hidden.exec(text)?.[0].codePointAt(0);
  check(found === undefined, `the message holds the invisible U+${found?.toString(16)}`);
  check(text.isWellFormed(), "the message holds half a surrogate pair");
}

/** The one message that arrived. */
export function only(messages: readonly ReceivedMessage[]): ReceivedMessage {
  const [message] = messages;
  check(
    message !== undefined && messages.length === 1,
    `one message was to arrive, not ${messages.length}`,
  );
  return message;
}

/** Waits for a delivery to fail and answers why; throws if it succeeds or does not end. */
export async function failureOf(delivery: Promise<unknown>): Promise<Error> {
  const failure = delivery.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const settled = await inTime(failure, "notify does not end");
  check(settled !== undefined, "notify returned as if the receiver had the message");
  const { error } = settled;
  check(error instanceof Error && error.message !== "", "notify must throw an Error that says why");
  return error;
}
