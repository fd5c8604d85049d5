import type { Notifier } from "@straycall/core";
import { checkOptions } from "./check-options.js";
import { renderMessage } from "./render-message.js";
import { renderReview } from "./render-review.js";
import { botChannel, webhookChannel } from "./slack-channel.js";
import type { SlackNotifierOptions } from "./slack-notifier-options.js";

/**
 * Tells detections in a Slack channel: those that belong together in one message, all others in one each. A bot also tells
 * what became of them, in the thread of the message.
 *
 * The idempotency key goes along as the `Idempotency-Key` header, from a bot also as metadata. Slack ignores both: a message
 * whose answer got lost is posted again.
 *
 * @throws StraycallError CONFIG_INVALID if an option is wrong. `notify` throws NOTIFY_FAILED.
 */
export function slackNotifier(options: SlackNotifierOptions): Notifier {
  const { name, timeoutMs, ...to } = checkOptions(options);
  if (to.webhook) {
    const channel = webhookChannel(to.webhook, timeoutMs);
    return {
      name,
      async notify(notification, signal) {
        const { idempotencyKey } = notification;
        await channel.post(renderMessage(notification), { idempotencyKey, signal });
      },
    };
  }
  const channel = botChannel({ ...to.bot, timeoutMs });
  return {
    name,
    notify: (notification, signal) =>
      channel.post(renderMessage(notification), {
        idempotencyKey: notification.idempotencyKey,
        signal,
      }),
    async reviewed(notice, signal) {
      const { idempotencyKey, receipt } = notice;
      // Nothing was posted that this could follow.
      if (receipt === undefined) return;
      await channel.post(renderReview(notice), { idempotencyKey, signal, thread: receipt });
    },
  };
}
