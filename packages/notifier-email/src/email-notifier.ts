import type { Notifier } from "@straycall/core";
import { checkOptions } from "./check-options.js";
import type { EmailNotifierOptions } from "./email-notifier-options.js";
import { renderMail } from "./render-mail.js";
import { mailSender } from "./send-mail.js";

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
