export { type OcsfFinding, type OcsfFindingOptions, ocsfFinding } from "./ocsf-finding.js";
export { type VerifyWebhookOptions, verifyWebhook } from "./verify-webhook.js";
export { webhookNotifier } from "./webhook-notifier.js";
export type { WebhookNotifierOptions } from "./webhook-notifier-options.js";
