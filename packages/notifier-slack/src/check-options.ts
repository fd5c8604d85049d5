import { StraycallError } from "@straycall/core";
import type { SlackNotifierOptions } from "./slack-notifier-options.js";

export interface CheckedOptions {
  webhook: URL;
  name: string;
  timeoutMs: number;
}

/** The longest that a timer can wait. */
const maxTimeoutMs = 2 ** 31 - 1;

export function checkOptions(options: SlackNotifierOptions): CheckedOptions {
  const { webhookUrl, name = "slack", timeoutMs = 10_000 } = options;
  if (!/^[\x21-\x7e]{1,64}$/.test(name)) {
    throw invalid("name", "must be 1 to 64 visible ASCII characters");
  }
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > maxTimeoutMs) {
    throw invalid("timeoutMs", `must be a whole number from 1 to ${maxTimeoutMs}`);
  }
  return { webhook: checkWebhook(webhookUrl), name, timeoutMs };
}

/** The messages never quote the address: it is a secret. */
function checkWebhook(webhookUrl: string): URL {
  if (typeof webhookUrl !== "string" || !URL.canParse(webhookUrl)) {
    throw invalid("webhookUrl", "must be the address of a Slack incoming webhook");
  }
  const webhook = new URL(webhookUrl);
  if (webhook.protocol !== "https:" && webhook.protocol !== "http:") {
    throw invalid("webhookUrl", "must begin with https:// or http://");
  }
  if (webhook.username !== "" || webhook.password !== "") {
    throw invalid("webhookUrl", "must not hold a user name or password");
  }
  return webhook;
}

function invalid(option: string, problem: string): StraycallError {
  return new StraycallError("CONFIG_INVALID", `slackNotifier: ${option} ${problem}`, {
    field: option,
  });
}
