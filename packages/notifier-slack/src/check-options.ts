import { StraycallError } from "@straycall/core";
import type {
  SlackBotOptions,
  SlackNotifierOptions,
  SlackWebhookOptions,
} from "./slack-notifier-options.js";

export interface CheckedBot {
  token: string;
  channel: string;
  apiUrl: URL;
}

export type CheckedOptions = { name: string; timeoutMs: number } & (
  | { webhook: URL; bot?: undefined }
  | { webhook?: undefined; bot: CheckedBot }
);

/** The longest that a timer can wait. */
const maxTimeoutMs = 2 ** 31 - 1;

export function checkOptions(options: SlackNotifierOptions): CheckedOptions {
  const { name = "slack", timeoutMs = 10_000 } = options;
  const { webhookUrl, botToken, channel, apiUrl }: Partial<SlackWebhookOptions & SlackBotOptions> =
    options;
  if (!/^[\x21-\x7e]{1,64}$/.test(name)) {
    throw invalid("name", "must be 1 to 64 visible ASCII characters");
  }
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > maxTimeoutMs) {
    throw invalid("timeoutMs", `must be a whole number from 1 to ${maxTimeoutMs}`);
  }
  if (botToken === undefined) {
    return { name, timeoutMs, webhook: checkUrl("webhookUrl", webhookUrl) };
  }
  if (webhookUrl !== undefined) {
    throw invalid("botToken", "and webhookUrl are two ways to post: give one");
  }
  return { name, timeoutMs, bot: checkBot(botToken, channel, apiUrl) };
}

function checkBot(token: unknown, channel: unknown, apiUrl = "https://slack.com/api/"): CheckedBot {
  if (typeof token !== "string" || !/^[\x21-\x7e]{8,512}$/.test(token)) {
    throw invalid("botToken", "must be a bot's token");
  }
  if (typeof channel !== "string" || !/^[A-Za-z0-9#_-]{1,100}$/.test(channel)) {
    throw invalid("channel", "must be the id of a channel");
  }
  const url = checkUrl("apiUrl", apiUrl);
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return { token, channel, apiUrl: url };
}

/** The messages never quote the address: a webhook's is a secret. */
function checkUrl(option: string, given: unknown): URL {
  if (typeof given !== "string" || !URL.canParse(given)) {
    const what = option === "webhookUrl" ? "of a Slack incoming webhook" : "of Slack's API";
    throw invalid(option, `must be the address ${what}`);
  }
  const url = new URL(given);
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw invalid(option, "must begin with https:// or http://");
  }
  if (url.username !== "" || url.password !== "") {
    throw invalid(option, "must not hold a user name or password");
  }
  return url;
}

function invalid(option: string, problem: string): StraycallError {
  return new StraycallError("CONFIG_INVALID", `slackNotifier: ${option} ${problem}`, {
    field: option,
  });
}
