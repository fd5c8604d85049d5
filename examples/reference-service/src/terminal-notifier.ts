import { type Notifier, notificationText } from "@straycall/core";

/** Prints what is told, so that a newcomer sees it without Slack or mail. */
export function terminalNotifier(print: (text: string) => void): Notifier {
  return {
    name: "terminal",
    async notify(notification) {
      print(`\n${notificationText(notification)}`);
    },
  };
}
