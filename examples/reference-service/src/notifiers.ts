import type { Notifier } from "@straycall/core";
import { emailNotifier } from "@straycall/notifier-email";
import { slackNotifier } from "@straycall/notifier-slack";
import type { Settings } from "./settings.js";
import { terminalNotifier } from "./terminal-notifier.js";

/** Everyone who is told, as the settings say. */
export function configuredNotifiers(
  { slackWebhookUrl, mail }: Settings,
  print: (text: string) => void,
): Notifier[] {
  const notifiers = [terminalNotifier(print)];
  if (slackWebhookUrl) notifiers.push(slackNotifier({ webhookUrl: slackWebhookUrl }));
  if (mail) notifiers.push(emailNotifier(mail));
  return notifiers;
}
