export { slackNotifier } from "./slack-notifier.js";
export type {
  SlackBotOptions,
  SlackNotifierName,
  SlackNotifierOptions,
  SlackWebhookOptions,
} from "./slack-notifier-options.js";
