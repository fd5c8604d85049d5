export { type SlackNotifierOptions, slackNotifier } from "./slack-notifier.js";
