import type { Notifier } from "@straycall/core";
import { checkOptions } from "./check-options.js";
import { postToWebhook } from "./post-to-webhook.js";
import { renderMessage } from "./render-message.js";
import type { SlackNotifierOptions } from "./slack-notifier-options.js";

/**
 * Tells detections in the Slack channel of an incoming webhook, one message each.
 *
 * The idempotency key goes along as the `Idempotency-Key` header. Slack ignores it: a message whose answer got
 * lost is posted again.
 *
 * @throws StraycallError CONFIG_INVALID if an option is wrong. `notify` throws NOTIFY_FAILED.
 */
export function slackNotifier(options: SlackNotifierOptions): Notifier {
  const { webhook, name, timeoutMs } = checkOptions(options);
  return {
    name,
    async notify(notification, signal) {
      const message = renderMessage(notification);
      await postToWebhook(webhook, message, {
        idempotencyKey: notification.idempotencyKey,
        signal,
        timeoutMs,
      });
    },
  };
}
