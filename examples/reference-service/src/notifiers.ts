import type { Notifier, Store } from "@straycall/core";
import { emailNotifier } from "@straycall/notifier-email";
import { githubCheckNotifier } from "@straycall/notifier-github-check";
import { slackNotifier } from "@straycall/notifier-slack";
import { webhookNotifier } from "@straycall/notifier-webhook";
import type { NotifierSettings } from "./notifier-settings.js";
import { detectionPath, runPath } from "./page-links.js";
import { terminalNotifier } from "./terminal-notifier.js";

export interface NotifierParts {
  print: (text: string) => void;
  store: Store;
  publicUrl: string;
}

/** Everyone who is told, as the settings say. */
export function configuredNotifiers(
  { slackWebhookUrl, slackBot, mail, webhook, githubCheck }: NotifierSettings,
  { print, store, publicUrl }: NotifierParts,
): Notifier[] {
  const notifiers = [terminalNotifier(print)];
  if (slackWebhookUrl) notifiers.push(slackNotifier({ webhookUrl: slackWebhookUrl }));
  if (slackBot) notifiers.push(slackNotifier({ ...slackBot, name: "slack-bot" }));
  if (mail) notifiers.push(emailNotifier(mail));
  if (webhook) notifiers.push(webhookNotifier(webhook));
  if (githubCheck) {
    notifiers.push(
      githubCheckNotifier({
        auth: githubCheck,
        store,
        detectionPage: ({ id }) => publicUrl + detectionPath(id),
        runPage: ({ key }) => publicUrl + runPath(key),
      }),
    );
  }
  return notifiers;
}
