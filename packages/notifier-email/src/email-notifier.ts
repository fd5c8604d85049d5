import type { Notifier } from "@straycall/core";
import { checkOptions } from "./check-options.js";
import type { MailTransport, SmtpOptions } from "./mail-transport.js";
import { renderMail } from "./render-mail.js";
import { mailSender } from "./send-mail.js";

/** How to send, one of three, and what else there is to say. */
export type EmailNotifierOptions = (
  | {
      /**
       * `smtp://user:password@mail.example:587`, or `smtps:` for a server that is encrypted from the start. It
       * holds a password: it is kept out of every error message.
       */
      smtpUrl: string;
    }
  | {
      /** As nodemailer takes them, `tls` included. */
      smtp: SmtpOptions;
    }
  | {
      /** A nodemailer transporter, or anything like it. Closing it stays yours. */
      transport: MailTransport;
    }
) & {
  /** `Straycall <straycall@example.com>` */
  from: string;
  /** One or more addresses. */
  to: string | readonly string[];
  /** Stands in front of every subject. Default `[Straycall]`; may be empty. */
  subjectPrefix?: string;
  /** Keys the delivery records; give two groups of recipients two names. Default `email`. */
  name?: string;
  /** How long sending one mail may take, milliseconds. Default 20,000. */
  timeoutMs?: number;
};

/**
 * Tells detections by e-mail, one message each, as text and as HTML.
 *
 * Every attempt at one delivery carries the same Message-ID, and the idempotency key as `X-Straycall-Delivery`.
 * If the server takes a mail for some recipients only, `notify` throws, and the next attempt goes to the others.
 *
 * @throws StraycallError CONFIG_INVALID if an option is wrong. `notify` throws NOTIFY_FAILED.
 */
export function emailNotifier(options: EmailNotifierOptions): Notifier {
  const { transport, from, to, subjectPrefix, name, timeoutMs } = checkOptions(options);
  const send = mailSender({ transport, from, to, timeoutMs });
  return {
    name,
    notify: (notification, signal) =>
      send(renderMail(notification, subjectPrefix), notification.idempotencyKey, signal),
  };
}
