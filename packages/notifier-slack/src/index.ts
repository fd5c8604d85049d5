export { slackNotifier } from "./slack-notifier.js";
export type { SlackNotifierOptions } from "./slack-notifier-options.js";
