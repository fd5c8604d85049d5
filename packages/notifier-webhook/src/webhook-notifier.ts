import type { Notifier } from "@straycall/core";
import { checkOptions } from "./check-options.js";
import { ocsfFinding } from "./ocsf-finding.js";
import { postSigned } from "./post-signed.js";
import type { WebhookNotifierOptions } from "./webhook-notifier-options.js";

/**
 * Posts detections to a URL as OCSF Detection Findings: one object, or an array of those that are told together. What becomes
 * of a detection is posted as an update of its finding.
 *
 * Posts are signed as Standard Webhooks says; see `verifyWebhook`. `webhook-id` is the idempotency key.
 *
 * @throws StraycallError CONFIG_INVALID if an option is wrong. `notify` throws NOTIFY_FAILED.
 */
export function webhookNotifier(options: WebhookNotifierOptions): Notifier {
  const checked = checkOptions(options);
  return {
    name: checked.name,
    notify: ({ others, isTest, idempotencyKey, ...first }, signal) => {
      const all = [first, ...(others ?? [])].map((told) =>
        ocsfFinding(told, isTest ? { isTest } : {}),
      );
      return postSigned(others ? all : all[0], idempotencyKey, signal, checked);
    },
    reviewed: ({ idempotencyKey, review, ...told }, signal) =>
      postSigned(ocsfFinding(told, { review }), idempotencyKey, signal, checked),
  };
}
