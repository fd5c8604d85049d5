import { isStraycallError, StraycallError, visibleText } from "@straycall/core";
import { mailHeaders, messageId } from "./mail-headers.js";
import type { MailTransport, SentMail } from "./mail-transport.js";
import type { Mailbox } from "./mailbox.js";
import type { RenderedMail } from "./render-mail.js";
import { untilAborted } from "./until-aborted.js";

export interface MailSenderOptions {
  transport: MailTransport;
  from: Mailbox;
  to: readonly Mailbox[];
  timeoutMs: number;
}

/** Sends a mail and returns when the server has taken it for everybody. Throws NOTIFY_FAILED. */
export type MailSender = (
  mail: RenderedMail,
  idempotencyKey: string,
  signal: AbortSignal,
) => Promise<void>;

const maxReasonLength = 500;
/** Mails that some recipients have and others refused; the oldest are forgotten, and then sent to all again. */
const maxPartlySent = 1_000;

export function mailSender({ transport, from, to, timeoutMs }: MailSenderOptions): MailSender {
  const everybody = to.map((mailbox) => mailbox.address);
  const missing = new Map<string, string[]>();

  const remember = (key: string, recipients: string[]) => {
    missing.delete(key);
    if (recipients.length === 0) return;
    missing.set(key, recipients);
    const [oldest] = missing.keys();
    if (missing.size > maxPartlySent && oldest !== undefined) missing.delete(oldest);
  };

  return async (mail, key, signal) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    const either = AbortSignal.any([signal, timeout]);
    const recipients = missing.get(key) ?? everybody;
    try {
      either.throwIfAborted();
      const sending = transport.sendMail({
        ...mail,
        from: from.text,
        to: to.map((mailbox) => mailbox.text),
        envelope: { from: from.address, to: recipients },
        messageId: messageId(key, from.address),
        headers: mailHeaders(key),
        disableFileAccess: true,
        disableUrlAccess: true,
        signal: either,
      });
      const sent = await untilAborted(sending, either);
      const refused = refusedBy(sent);
      remember(key, refused);
      if (refused.length > 0) throw partlyRefused(refused, recipients.length, sent);
    } catch (error) {
      if (isStraycallError(error)) throw error;
      throw new StraycallError("NOTIFY_FAILED", failureText(error, signal, timeout, timeoutMs), {
        cause: error,
      });
    }
  };
}

function refusedBy({ rejected = [] }: SentMail): string[] {
  return rejected.map((recipient) =>
    typeof recipient === "string" ? recipient : recipient.address,
  );
}

function partlyRefused(refused: string[], asked: number, sent: SentMail): StraycallError {
  const reasons = sent.rejectedErrors?.map((error) => error.message).join("; ");
  const who = `the mail server refused ${refused.length} of ${asked} recipients, ${refused.join(", ")}`;
  const text = reasons ? `${who}: ${reasons}` : who;
  return new StraycallError("NOTIFY_FAILED", visibleText(text, maxReasonLength), {
    cause: sent.rejectedErrors?.[0],
  });
}

function failureText(
  error: unknown,
  signal: AbortSignal,
  timeout: AbortSignal,
  timeoutMs: number,
): string {
  if (signal.aborted) return "gave up before the mail server had taken the mail";
  if (timeout.aborted) return `the mail was not sent within ${timeoutMs} ms`;
  const reason = error instanceof Error ? error.message : String(error);
  return `the mail was not sent: ${visibleText(reason, maxReasonLength)}`;
}
